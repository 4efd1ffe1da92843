export default {
  title: 'Phone numbers',
  buy: 'Buy a number',
  emptyTitle: 'No numbers yet',
  empty: 'Search for a number, look at its price, and buy it. It is yours within seconds.',
};
