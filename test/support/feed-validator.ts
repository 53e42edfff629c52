import { DOMParser, type Element } from '@xmldom/xmldom';

/*
 * What the W3C feed validator and the check of JSON Feed complain of, written from their specifications: RSS 2.0 with the Best Practices
 * Profile, Atom (RFC 4287), archives (RFC 5005), JSON Feed 1.1. It is stricter than they are: an element that it does not know is a fault.
 */

const names = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  media: 'http://search.yahoo.com/mrss/',
  fh: 'http://purl.org/syndication/history/1.0',
} as const;
const prefixOf = (namespace: string | null): string =>
  namespace === null ? '' : (Object.entries(names).find(([, uri]) => uri === namespace)?.[0] ?? 'unknown');

/** How often an element may stand in its parent: exactly once, at most once, or any number of times. */
type Often = '1' | '?' | '*';
const inside: Readonly<Record<string, Readonly<Record<string, Often>>>> = {
  channel: {
    ...{ title: '1', link: '1', description: '1', language: '?', lastBuildDate: '1', generator: '?', item: '*' },
    ...{ 'atom:link': '*', 'fh:archive': '?' },
  },
  item: {
    ...{ title: '1', link: '1', guid: '1', pubDate: '?', source: '?', category: '*', description: '1' },
    ...{ 'atom:updated': '?', 'atom:link': '*', 'dc:creator': '*', 'dc:language': '?' },
    ...{ 'content:encoded': '?', 'media:content': '?' },
  },
  'atom:feed': {
    ...{ 'atom:id': '1', 'atom:title': '1', 'atom:subtitle': '?', 'atom:updated': '1', 'atom:author': '1' },
    ...{ 'atom:link': '*', 'atom:generator': '?', 'fh:archive': '?', 'atom:entry': '*' },
  },
  'atom:entry': {
    ...{ 'atom:id': '1', 'atom:title': '1', 'atom:updated': '1', 'atom:published': '?', 'atom:author': '*' },
    ...{ 'atom:link': '*', 'atom:category': '*', 'atom:summary': '?', 'atom:content': '?' },
  },
  'atom:author': { 'atom:name': '1' },
};
const attributes: Readonly<Record<string, readonly string[]>> = {
  rss: ['version'],
  guid: ['isPermaLink'],
  source: ['url'],
  category: ['domain'],
  'media:content': ['url', 'medium', 'type', 'fileSize'],
  'atom:link': ['rel', 'type', 'href', 'title', 'length'],
  'atom:category': ['scheme', 'term', 'label'],
  'atom:summary': ['type'],
  'atom:content': ['type'],
  'atom:feed': ['lang'],
  'atom:entry': ['lang'],
};

const date822 =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const date3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
const language = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;
/** RFC 3986, and nothing that it would have escaped. */
const uri = /^[a-z][a-z\d+.-]*:(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\da-f]{2})+$/i;
const webUri = (text: string): boolean => uri.test(text) && /^https?:/.test(text) && URL.canParse(text);
/** An end tag or a reference: what the W3C validator takes for HTML in a plain text. */
const markup = /<\/\w+>|&(?:[a-z]+\d*|#\d+);/i;

/** What is wrong with HTML in a feed: it is read in another place, by programs that run nothing. */
function htmlFaults(html: string): string[] {
  const faults: string[] = [];
  if (/<(?:script|style|iframe|object|embed|form|input|meta|link|base)\b/i.test(html)) faults.push('SecurityRisk');
  if (/\s(?:on[a-z]+|style)\s*=/i.test(html.replace(/>[^<]*</g, '><'))) faults.push('SecurityRiskAttr');
  for (const [, url = ''] of html.matchAll(/\s(?:href|src)="([^"]*)"/g))
    if (!/^(?:https?|mailto|tel):/.test(url)) faults.push(`ContainsRelRef ${url}`);
  const open: string[] = [];
  for (const [, close, name = '', rest = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b([^>]*)>/gi)) {
    if (/^(?:br|hr|img|wbr|col|source|track)$/i.test(name) || rest.endsWith('/')) continue;
    if (!close) open.push(name);
    else if (open.pop() !== name) faults.push(`NotHtml: </${name}> closes another`);
  }
  if (open.length > 0) faults.push(`NotHtml: <${open.join('>, <')}> is open`);
  return faults;
}

const textFaults = (text: string): string[] => [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find
  ...(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]/.test(text) ? ['BadCharacters'] : []),
  ...(text.isWellFormed() ? [] : ['UnicodeError']),
];

const timeFaults = (text: string, form: RegExp, now: Date): string[] => {
  const at = Date.parse(text);
  if (!form.test(text) || Number.isNaN(at)) return [`InvalidDate ${text}`];
  return at > now.getTime() || at < Date.UTC(1990, 0) ? [`ImplausibleDate ${text}`] : [];
};

const childrenOf = (element: Element): Element[] =>
  [...element.childNodes].filter((node): node is Element => node.nodeType === 1);
const nameOf = (element: Element): string => {
  const prefix = prefixOf(element.namespaceURI);
  return prefix === '' ? (element.localName ?? '') : `${prefix}:${element.localName}`;
};
const twice = (values: readonly string[]): string[] => values.filter((value, index) => values.indexOf(value) < index);

/** @param address at which the document was got @returns every fault, none when it is valid */
export function xmlFeedFaults(text: string, address: string, now: Date): string[] {
  const faults: string[] = [];
  const onError = (_level: string, message: string): void => void faults.push(`SAXError ${message}`);
  let root: Element | null = null;
  try {
    root = new DOMParser({ onError }).parseFromString(text, 'text/xml').documentElement;
  } catch (error) {
    return [`SAXError ${(error as Error).message}`];
  }
  if (!root) return [...faults, 'SAXError: empty'];
  faults.push(...textFaults(text));
  if (nameOf(root) !== 'rss' && nameOf(root) !== 'atom:feed') return [...faults, `UnexpectedElement ${nameOf(root)}`];
  const [feed] = nameOf(root) === 'rss' ? childrenOf(root) : [root];
  if (!feed || (nameOf(root) === 'rss' && (childrenOf(root).length !== 1 || root.getAttribute('version') !== '2.0')))
    return [...faults, 'a channel of version 2.0 is expected'];
  faults.push(...elementFaults(feed, now), ...linkFaults(feed, address));
  const items = childrenOf(feed).filter((one) => /^(?:item|atom:entry)$/.test(nameOf(one)));
  const texts = (name: string): string[] =>
    items.flatMap((item) =>
      childrenOf(item)
        .filter((one) => nameOf(one) === name)
        .map((one) => one.textContent ?? ''),
    );
  for (const [name, fault] of [
    ['guid', 'DuplicateGuid'],
    ['atom:id', 'DuplicateEntries'],
    ['atom:updated', 'DuplicateUpdated'],
  ] as const)
    faults.push(...twice(texts(name)).map((value) => `${fault} ${value}`));
  return faults;
}

function elementFaults(element: Element, now: Date, parent = ''): string[] {
  const name = nameOf(element);
  const children = childrenOf(element);
  const text = element.textContent ?? '';
  const faults: string[] = [];
  for (const attribute of [...element.attributes])
    if (!/^xmlns/.test(attribute.name) && !attributes[name]?.includes(attribute.localName ?? ''))
      faults.push(`UnexpectedAttribute ${attribute.name} of ${name}`);
  const allowed = inside[name];
  if (!allowed && children.length > 0) faults.push(`UndefinedElement in ${name}`);
  const count = (wanted: string): number => children.filter((child) => nameOf(child) === wanted).length;
  for (const child of children) {
    if (allowed && !Object.hasOwn(allowed, nameOf(child))) faults.push(`UndefinedElement ${nameOf(child)} in ${name}`);
    faults.push(...elementFaults(child, now, name));
  }
  for (const [wanted, often] of Object.entries(allowed ?? {}))
    if (often !== '*' && (count(wanted) > 1 || (often === '1' && count(wanted) === 0)))
      faults.push(`${count(wanted) === 0 ? 'MissingElement' : 'DuplicateElement'} ${wanted} in ${name}`);
  if (!allowed && !['atom:link', 'atom:category', 'media:content', 'fh:archive'].includes(name) && text.trim() === '')
    faults.push(`NotBlank ${name}`);
  const is = (...wanted: readonly string[]): boolean => wanted.includes(name);
  const isPlain =
    is('title', 'atom:title', 'atom:subtitle', 'atom:name', 'dc:creator') ||
    (is('description') && parent === 'channel');
  if (isPlain && markup.test(text)) faults.push(`ContainsHTML ${text}`);
  if (is('pubDate', 'lastBuildDate')) faults.push(...timeFaults(text, date822, now));
  if (is('atom:updated', 'atom:published')) faults.push(...timeFaults(text, date3339, now));
  if (is('language', 'dc:language') && !language.test(text)) faults.push(`InvalidLanguage ${text}`);
  const lang = element.getAttributeNS('http://www.w3.org/XML/1998/namespace', 'lang');
  if (lang && !language.test(lang)) faults.push(`InvalidLanguage ${lang}`);
  if (is('link') && !webUri(text)) faults.push(`InvalidLink ${text}`);
  if (is('atom:id') && !uri.test(text)) faults.push(`InvalidFullLink ${text}`);
  if (is('guid') && element.getAttribute('isPermaLink') !== 'false' && !webUri(text))
    faults.push(`InvalidPermalink ${text}`);
  if (is('source', 'media:content') && !webUri(element.getAttribute('url') ?? ''))
    faults.push(`InvalidLink of ${name}`);
  if (is('category', 'atom:category')) {
    const scheme = element.getAttribute('domain') ?? element.getAttribute('scheme');
    if (scheme !== null && !uri.test(scheme)) faults.push(`InvalidURI ${scheme}`);
    if (is('atom:category') && !element.getAttribute('term')) faults.push('MissingAttribute term');
  }
  if (is('atom:summary', 'atom:content') && element.getAttribute('type') !== 'html')
    faults.push(`InvalidTextType of ${name}`);
  if (!isPlain && is('description', 'content:encoded', 'atom:summary', 'atom:content'))
    faults.push(...htmlFaults(text));
  if (name === 'item' && count('content:encoded') === 1) {
    const order = children.map(nameOf);
    if (order.indexOf('description') > order.indexOf('content:encoded')) faults.push('NeedDescriptionBeforeContent');
  }
  if (is('item', 'atom:entry')) faults.push(...alternateFaults(children));
  return faults;
}

const linksOf = (children: readonly Element[]) =>
  children
    .filter((child) => nameOf(child) === 'atom:link')
    .map((link) => ({
      rel: link.getAttribute('rel') ?? 'alternate',
      href: link.getAttribute('href') ?? '',
      type: link.getAttribute('type'),
    }));

function alternateFaults(children: readonly Element[]): string[] {
  const faults: string[] = [];
  const links = linksOf(children);
  for (const { href, type } of links) {
    if (!webUri(href)) faults.push(`InvalidLink ${href}`);
    if (type !== null && !/^[\w.+-]+\/[\w.+-]+$/.test(type)) faults.push(`InvalidMIMEType ${type}`);
  }
  faults.push(...twice(links.filter(({ rel }) => rel === 'alternate').map(({ type }) => `DuplicateAtomLink ${type}`)));
  return faults;
}

/** The feed's own address, letter by letter, and where it stands among archives. */
function linkFaults(feed: Element, address: string): string[] {
  const children = childrenOf(feed);
  const links = linksOf(children);
  const to = (rel: string): string[] => links.flatMap((link) => (link.rel === rel ? [link.href] : []));
  const faults = alternateFaults(children);
  if (to('self').length !== 1) faults.push('MissingSelf');
  else if (to('self')[0] !== address) faults.push(`SelfDoesntMatchLocation ${to('self')[0]} at ${address}`);
  const isArchive = children.some((child) => nameOf(child) === 'fh:archive');
  if (isArchive && to('current').length !== 1) faults.push('an archive names its current feed');
  for (const rel of ['current', 'prev-archive', 'next-archive', 'hub'])
    if (to(rel).length > 1) faults.push(`DuplicateElement link ${rel}`);
  if (to('prev-archive').includes(address) || to('next-archive').includes(address))
    faults.push('an archive follows itself');
  return faults;
}

/** JSON Feed 1.1. @param address at which the document was got */
export function jsonFeedFaults(text: string, address: string, now: Date): string[] {
  const faults = textFaults(text);
  const feed = JSON.parse(text) as Record<string, unknown>;
  const strings = (of: Record<string, unknown>, where: string, known: readonly string[]): void => {
    for (const [name, value] of Object.entries(of)) {
      if (name.startsWith('_')) continue;
      if (!known.includes(name)) faults.push(`${where}: unknown '${name}'`);
      else if (value === null || value === '') faults.push(`${where}: '${name}' is empty`);
      else if (/url$|^image$|^icon$|^avatar$/.test(name) && !webUri(String(value)))
        faults.push(`${where}: ${name} ${value}`);
      else if (name === 'language' && !language.test(String(value))) faults.push(`${where}: language ${value}`);
      else if (name.startsWith('date_')) faults.push(...timeFaults(String(value), date3339, now));
    }
  };
  strings(feed, 'feed', [
    ...['version', 'title', 'home_page_url', 'feed_url', 'description', 'next_url', 'icon', 'favicon'],
    ...['authors', 'language', 'expired', 'hubs', 'items'],
  ]);
  if (feed.version !== 'https://jsonfeed.org/version/1.1') faults.push(`version ${feed.version}`);
  if (typeof feed.title !== 'string') faults.push('no title');
  if (feed.feed_url !== address) faults.push(`feed_url ${feed.feed_url} at ${address}`);
  if (feed.next_url === feed.feed_url) faults.push('next_url is the feed itself');
  if (!Array.isArray(feed.items)) return [...faults, 'no items'];
  const items = feed.items as Record<string, unknown>[];
  for (const item of items) {
    const where = `item ${item.id}`;
    strings(item, where, [
      ...['id', 'url', 'external_url', 'title', 'content_html', 'content_text', 'summary', 'image', 'banner_image'],
      ...['date_published', 'date_modified', 'authors', 'tags', 'language', 'attachments'],
    ]);
    if (typeof item.id !== 'string') faults.push(`${where}: the id is no string`);
    if (item.content_html === undefined && item.content_text === undefined) faults.push(`${where}: no content`);
    faults.push(...htmlFaults(String(item.content_html ?? '')));
    for (const author of (item.authors ?? []) as Record<string, unknown>[]) {
      strings(author, where, ['name', 'url', 'avatar']);
      if (Object.keys(author).length === 0) faults.push(`${where}: an author says nothing`);
    }
    if (!((item.tags ?? []) as unknown[]).every((tag) => typeof tag === 'string' && tag !== ''))
      faults.push(`${where}: tags`);
  }
  faults.push(...twice(items.map(({ id }) => String(id))).map((id) => `the id ${id} stands twice`));
  return faults;
}
