import type { PageTexts } from './texts.ts';

export default {
  product: 'Talkturo Numbers',
  skip: 'Zum Inhalt springen',
  loading: 'Lädt …',
  retry: 'Noch einmal versuchen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  save: 'Speichern',
  copy: 'Kopieren',
  copied: 'Kopiert',
  back: 'Zurück',
  none: 'Keine',
  perMonth: '{{price}} im Monat',
  unknownPrice: 'Preis nicht bekannt',
  problem: {
    title: 'Das hat nicht geklappt',
    requestId: 'Wenn du uns danach fragst, nenne diese Kennung: {{id}}',
    noAnswer:
      'Der Server antwortet nicht. Vielleicht fehlt die Verbindung, oder der Server wird gerade neu gestartet.',
    unforeseen:
      'In dieser Seite ist etwas schiefgegangen. Lade sie neu; passiert es wieder, sag uns, was du getan hast.',
    notFound: 'Diese Seite gibt es nicht.',
    toStart: 'Zur Startseite',
  },
  connection: {
    lost: 'Keine Verbindung zum Server. Was du siehst, kann veraltet sein; wir versuchen es weiter.',
    back: 'Die Verbindung ist wieder da.',
    now: 'Jetzt versuchen',
  },
  mode: {
    label: 'Modus',
    test: 'Test',
    live: 'Live',
    testBar: 'Testmodus',
    testBarMore: 'ein simulierter Anbieter, keine echten Nummern, keine Kosten',
    liveNote: 'Live-Modus: echte Nummern, echtes Geld.',
  },
  nav: {
    label: 'Hauptmenü',
    menu: 'Menü',
    numbers: 'Rufnummern',
    docs: 'API-Referenz',
  },
  team: {
    label: 'Team',
    choose: 'Team wählen',
    create: 'Neues Team',
    roles: { owner: 'Eigentümer', admin: 'Admin', member: 'Mitglied' },
  },
  account: {
    label: 'Konto',
    signOut: 'Abmelden',
    language: 'Sprache',
    theme: 'Farben',
    themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  },
} satisfies PageTexts<'common'>;
