import type { PageTexts } from '../../i18n/texts.ts';

export default {
  title: 'Rufnummern',
  buy: 'Nummer kaufen',
  emptyTitle: 'Noch keine Nummern',
  empty: 'Such dir eine Nummer aus, sieh ihren Preis und kauf sie. In Sekunden gehört sie dir.',
} satisfies PageTexts<'numbers'>;
