/**
 * Which elements of a feed are kept, by canonical name (`prefix-local`, lower case), and which of their attributes.
 * Everything else in a feed is left out before it reaches the parser, and with it every name that could harm one
 * (`__proto__`, `constructor`, `_`).
 */
export type Vocabulary = Readonly<Record<string, readonly string[]>>;

/** Elements that begin an item. */
export const itemNames: ReadonlySet<string> = new Set(['rss-item', 'atom-entry']);

/** Elements that only hold others: what stands in them is read as if they were not there. */
export const wrapperNames: ReadonlySet<string> = new Set([
  'rss-rss',
  'rss-channel',
  'rss-skiphours',
  'rss-skipdays',
  'rdf-rdf',
  'atom-feed',
  'atom-author',
  'media-group',
  'rsl-content',
  'rsl-license',
]);

const atomText = ['type', 'mode', 'src', 'xml:lang'];
const atomLink = ['href', 'rel', 'type', 'length', 'title', 'hreflang'];
/** Really Simple Licensing: of a feed or of an item. */
const rights: Vocabulary = {
  'rsl-permits': ['type'],
  'rsl-prohibits': ['type'],
  'rsl-payment': ['type'],
  'rsl-standard': [],
  'rsl-terms': [],
};

export const itemFields: Vocabulary = {
  'rss-title': [],
  'rss-link': ['href', 'rel', 'type'],
  'rss-description': [],
  'rss-guid': ['ispermalink'],
  'rss-pubdate': [],
  'rss-author': [],
  'rss-category': ['domain'],
  'rss-enclosure': ['url', 'length', 'type'],
  'rss-comments': [],
  'rss-source': ['url'],
  'rss-image': ['href', 'url'],
  'rss-thumbnail': ['href', 'url'],
  'rss-language': [],
  'rss-summary': [],
  'rss-content': [],
  'rss-id': [],
  'rss-date': [],
  'rss-published': [],
  'rss-updated': [],
  'atom-title': atomText,
  'atom-link': atomLink,
  'atom-id': [],
  'atom-published': [],
  'atom-updated': [],
  'atom-issued': [],
  'atom-modified': [],
  'atom-created': [],
  'atom-summary': atomText,
  'atom-content': atomText,
  'atom-category': ['term', 'scheme', 'label'],
  'atom-name': [],
  'dc-title': [],
  'dc-creator': [],
  'dc-date': [],
  'dc-subject': [],
  'dc-description': [],
  'dc-language': [],
  'dc-identifier': [],
  'dcterms-issued': [],
  'dcterms-created': [],
  'dcterms-modified': [],
  'dcterms-date': [],
  'content-encoded': [],
  'xhtml-body': [],
  'xhtml-div': [],
  'media-content': ['url', 'type', 'medium', 'width', 'height', 'filesize', 'duration', 'isdefault', 'lang'],
  'media-thumbnail': ['url', 'width', 'height'],
  'media-title': ['type'],
  'media-description': ['type'],
  'media-credit': ['role'],
  'media-keywords': [],
  'media-category': ['scheme', 'label'],
  'itunes-title': [],
  'itunes-author': [],
  'itunes-summary': [],
  'itunes-image': ['href'],
  'prism-publicationdate': [],
  'prism-modificationdate': [],
  'feedburner-origlink': [],
  ...rights,
};

export const feedFields: Vocabulary = {
  'rss-title': [],
  'rss-link': ['href', 'rel', 'type'],
  'rss-description': [],
  'rss-language': [],
  'rss-ttl': [],
  'rss-hour': [],
  'rss-day': [],
  'rss-lastbuilddate': [],
  'rss-pubdate': [],
  'atom-title': atomText,
  'atom-link': atomLink,
  'atom-subtitle': atomText,
  'atom-updated': [],
  'atom-name': [],
  'dc-title': [],
  'dc-language': [],
  'dc-date': [],
  'sy-updateperiod': [],
  'sy-updatefrequency': [],
  ...rights,
};

/** Kept at their opening tag, because what stands in them is not text but fields of the item. */
export const attributeOnly: ReadonlySet<string> = new Set(['media-content', 'rsl-payment']);

/** Text whose inner markup belongs to it, where these names of HTML may stand without a prefix. */
export const alsoHtml: ReadonlySet<string> = new Set([
  'title',
  'link',
  'summary',
  'source',
  'content',
  'image',
  'name',
  'description',
  'author',
  'category',
  'id',
  'date',
]);

/** Left out with all that is in it: where an entry was taken over from, told by elements that would pass for the entry's own. */
const skipped = 'atom-source';
const known = new Set([...Object.keys(itemFields), ...Object.keys(feedFields), ...wrapperNames, ...itemNames, skipped]);

/** Whether an element has a meaning here, by canonical name. */
export const isKnown = (name: string): boolean => known.has(name);
