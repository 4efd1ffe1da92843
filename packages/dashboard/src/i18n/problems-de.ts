import type { ProblemSentences } from './problems.ts';

export default {
  unauthorized: 'Du bist nicht mehr angemeldet. Melde dich an und mach weiter.',
  invalid_credentials: 'Adresse oder Passwort stimmen nicht.',
  invalid_token: 'Dieser Link ist abgelaufen oder wurde schon benutzt. Lass dir einen neuen schicken.',
  forbidden: 'Das darfst du in diesem Team nicht. Frag eine Eigentümerin, einen Eigentümer oder Admin.',
  forbidden_origin: 'Diese Anfrage kam von einer fremden Seite und wurde abgewiesen.',
  email_not_verified:
    'Deine Adresse ist noch nicht bestätigt. Wir haben dir einen neuen Link geschickt; öffne ihn und melde dich dann an.',
  plan_limit_reached:
    'Der Tarif {{planName}} erlaubt {{maxAllowed}} Nummern, und das Team hat {{currentCount}}. Gib eine Nummer zurück oder wähle einen größeren Tarif.',
  trial_already_used:
    'Der kostenlose Tarif hat eine Testnummer, und das Team hatte sie schon. Wähle einen bezahlten Tarif, um Nummern zu kaufen.',
  team_limit_reached: 'Du hast schon drei Teams mit dem kostenlosen Tarif; mehr gehen nicht.',
  invitation_for_another: 'Diese Einladung ist für eine andere E-Mail-Adresse. Melde dich mit ihr an.',
  not_found: 'Das gibt es nicht, oder nicht in diesem Team.',
  number_unavailable: 'Diese Nummer ist nicht mehr zu haben. Such noch einmal und wähle eine andere.',
  number_already_owned: 'Diese Nummer gehört schon jemandem.',
  price_exceeded: 'Der Preis ist inzwischen höher, als du gesehen hast. Es wurde nichts gekauft.',
  purchase_in_progress: 'Die Nummer wird gerade gekauft. Warte, bis das fertig ist.',
  deletion_locked: 'Die Nummer ist gegen Freigabe gesperrt. Hebe zuerst die Sperre auf.',
  already_released: 'Die Nummer ist schon beim Anbieter und lässt sich nicht mehr zurückholen.',
  already_verified: 'Die Adresse ist schon bestätigt. Melde dich an.',
  already_member: 'Diese Person ist schon im Team.',
  invitation_used: 'Diese Einladung wurde schon angenommen.',
  invitation_expired: 'Diese Einladung ist abgelaufen oder ersetzt. Bitte um eine neue.',
  invitation_limit_reached: 'Das Team hat schon 100 offene Einladungen. Nimm einige zurück.',
  last_owner: 'Ein Team braucht jemanden, dem es gehört. Mach zuerst jemand anderen dazu.',
  not_assignable: 'Diese Nummer ist nicht in Betrieb und kann nicht zugeordnet werden.',
  already_assigned: 'Diese Nummer hat schon ein anderer Assistent.',
  assistant_limit_reached: 'Das Team hat schon 1000 Assistenten. Lösche einen, den ihr nicht braucht.',
  assistant_in_use: 'Dieser Assistent hat noch Nummern oder Kampagnen.',
  campaign_state: 'Das geht mit dieser Kampagne in ihrem Zustand nicht mehr. Lade die Seite neu.',
  campaign_incomplete:
    'Zum Laufen fehlt dieser Kampagne ein Assistent, der anrufen darf, oder mindestens eine Nummer.',
  campaign_running: 'Die Kampagne läuft. Pausiere sie zuerst.',
  idempotency_in_progress:
    'Dieser Kauf läuft noch. Versuch es gleich noch einmal; doppelt gekauft wird nicht.',
  regulatory_requirements:
    'Dieses Land verlangt Unterlagen, die wir noch nicht einreichen können. Wähle eine andere Nummer.',
  rate_limited:
    'Das waren zu viele Anfragen für diese Stunde. Warte ein wenig und versuch es dann noch einmal.',
  internal: 'Bei uns ist etwas schiefgegangen. Versuch es noch einmal.',
  carrier_error: 'Der Anbieter hat abgelehnt. Es wurde nichts gekauft. Wähle eine andere Nummer.',
  carrier_unavailable:
    'Der Anbieter ist gerade nicht zu erreichen, oder dieser Server hat keinen Live-Modus. Es wurde nichts gekauft.',
  not_ready: 'Der Server hat gerade zu viel zu tun. Versuch es gleich noch einmal.',
} satisfies ProblemSentences;
