/** The parts of an entry that most sources need, in the order in which they are written. Lists have an address a line. */
export const entryFields = [
  ...(['name', 'home', 'feeds', 'sitemaps', 'sections', 'lang', 'country'] as const),
  ...(['schedule', 'take', 'content', 'render', 'rate'] as const),
] as const;
export type EntryField = (typeof entryFields)[number];
export type EntryFields = Readonly<Record<EntryField, string>>;
