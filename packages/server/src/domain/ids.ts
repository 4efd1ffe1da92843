/** What kinds of records there are, by the prefix of their TypeIDs. */
export type IdPrefix =
  | 'team'
  | 'usr'
  | 'key'
  | 'pn'
  | 'ord'
  | 'asst'
  | 'evt'
  | 'rec'
  | 'req'
  | 'ses'
  | 'acc'
  | 'ver'
  | 'inv'
  | 'whe'
  | 'dlv'
  | 'camp';

/** Ids as a port: TypeIDs, sortable by the time they were made. */
export type NewId = (prefix: IdPrefix) => string;
