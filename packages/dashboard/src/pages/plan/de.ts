import type { PageTexts } from '../../i18n/texts.ts';

export default {
  title: 'Tarif',
  lead: 'Was dieses Team haben darf, wie viel davon belegt ist, und was andere Tarife erlauben.',
  yours: 'Dein Tarif',
  ofLimit: '{{held}} von {{limit}}',
  live: 'Live-Nummern',
  test: 'Testnummern',
  apart: 'Live und Test zählen getrennt; Testnummern kosten nichts.',
  full: 'Im Modus {{mode}} ist der Tarif voll. Gib eine Nummer zurück oder hol dir einen größeren Tarif, um weitere zu kaufen.',
  trialFree: 'In diesem Tarif gibt es eine Nummer auf Probe, {{days}} Tage lang. Ihr hattet sie noch nicht.',
  trialUsed:
    'In diesem Tarif gibt es eine Nummer auf Probe, {{days}} Tage lang, und das Team hatte sie schon. Hol dir einen bezahlten Tarif, um Nummern zu kaufen.',
  buy: 'Nummer kaufen',
  all: 'Alle Tarife',
  plan: 'Tarif',
  numbers: 'Nummern',
  kind: 'Art',
  upTo: 'bis zu {{count}}',
  ownFigure: '{{count}}, oder mehr nach Absprache',
  trialOf_one: 'eine Nummer, {{count}} Tag lang',
  trialOf_other: 'eine Nummer, {{count}} Tage lang',
  paid: 'Nummern bleiben, solange du willst',
  current: 'Dein Tarif',
  another: 'Einen anderen Tarif bekommen',
  how: 'Tarife ändern die Leute, die diesen Dienst betreiben. Schreib ihnen, welchen du willst, und nenne diese Kennung deines Teams:',
  teamId: 'Kennung des Teams',
  afterwards: 'Sobald sie ihn geändert haben, steht er hier.',
  larger:
    'Ein größerer Tarif gilt sofort. Aus einer Nummer auf Probe wird eine bezahlte, und stillgelegte Nummern kommen wieder in Betrieb.',
  smaller:
    'Ein kleinerer bezahlter Tarif nimmt dir nichts: du behältst deine Nummern und kaufst keine, bis du unter der Grenze bist.',
  free: 'Zurück im kostenlosen Tarif bleibt die älteste Nummer. Die anderen werden stillgelegt und gehen einige Tage später an den Anbieter zurück.',
} satisfies PageTexts<'plan'>;
