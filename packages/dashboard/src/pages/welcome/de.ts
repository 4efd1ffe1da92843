import type { PageTexts } from '../../i18n/texts.ts';

export default {
  title: 'Dein Team',
  first: 'Nummern gehören einem Team. Gib deinem einen Namen; andere kannst du später einladen.',
  another: 'Ein eigenes Team: mit eigenen Nummern, eigenem Tarif, eigenen Leuten.',
  name: 'Name des Teams',
  nameHint: 'Zum Beispiel deine Firma oder dein Projekt',
  action: 'Team anlegen',
  made: 'Das Team {{team}} ist da.',
  signedInAs: 'Angemeldet als {{email}}',
} satisfies PageTexts<'welcome'>;
