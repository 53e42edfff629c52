import { readDate } from '../../src/text/dates/read-date.ts';
import { escapeMarkup } from '../../src/text/escape.ts';
import { plainText } from '../../src/text/plain-text.ts';
import { resolveAddress } from './address.ts';
import {
  type Enclosure,
  type FeedCategory,
  type FeedDocument,
  type FeedEntry,
  followable,
  type Media,
} from './document.ts';
import { type Field, type Fields, parseNormalForm } from './fields.ts';
import { type RepairLimits, repairFeed } from './repair.ts';

/** RSS, RDF or Atom text → document. `feedUrl` resolves what is relative. @throws FeedError when it is none of these */
export async function readXmlFeed(
  source: string,
  feedUrl: string | undefined,
  limits: RepairLimits,
): Promise<FeedDocument> {
  const { format, cut, ...normal } = repairFeed(source, limits);
  const { feed, items } = await parseNormalForm(normal);
  const feedAuthors = names(feed('atom-name'));
  const entries = items.map((item) => readEntry(item, feedUrl, feedAuthors));
  const links = feed('atom-link');
  const address = (field: Field | undefined) => field && resolve(field.attributes.href ?? field.text, field, feedUrl);
  const byRel = (rel: string) => links.filter((link) => relationOf(link) === rel);
  return {
    format,
    title: headline(feed, ['rss-title', 'atom-title', 'dc-title']),
    link: address(feed('rss-link').find(hasAddress)) ?? address(alternate(links)),
    self: address(byRel('self')[0]),
    language: first(feed, ['rss-language', 'dc-language']) ?? feed('atom-title')[0]?.attributes.lang,
    updated: date(feed, ['rss-lastbuilddate', 'atom-updated', 'rss-pubdate', 'dc-date']),
    ttlMinutes: positive(first(feed, ['rss-ttl'])),
    updateMinutes: updateMinutes(feed),
    skipHours: feed('rss-hour')
      .map(({ text }) => Number(text.trim()) % 24)
      .filter((hour) => hour >= 0),
    skipDays: feed('rss-day').map(({ text }) => text.trim()),
    hubs: byRel('hub')
      .map(address)
      .filter((url) => url !== undefined),
    next: address(byRel('next')[0]),
    entries,
    items: followable(entries),
    cut,
  };
}

const published = [
  'rss-pubdate',
  'atom-published',
  'atom-issued',
  'dcterms-issued',
  'dc-date',
  'dcterms-date',
  'rss-published',
  'rss-date',
  'prism-publicationdate',
  'atom-created',
  'dcterms-created',
];
const updated = ['atom-updated', 'atom-modified', 'dcterms-modified', 'rss-updated', 'prism-modificationdate'];
const titles = ['rss-title', 'atom-title', 'dc-title', 'itunes-title', 'media-title'];
const summaries = [
  'atom-summary',
  'rss-description',
  'rss-summary',
  'dc-description',
  'itunes-summary',
  'media-description',
];
const contents = ['content-encoded', 'atom-content', 'xhtml-body', 'xhtml-div', 'rss-content'];

function readEntry(item: Fields, feedUrl: string | undefined, feedAuthors: readonly string[]): FeedEntry {
  const media = [...item('media-content'), ...item('media-thumbnail')].map((field) => ({
    ...enclosure(field, feedUrl),
    medium: field.attributes.medium,
    width: positive(field.attributes.width),
    height: positive(field.attributes.height),
  }));
  const enclosures = [
    ...item('rss-enclosure'),
    ...item('atom-link').filter((link) => relationOf(link) === 'enclosure'),
  ].map((field) => enclosure(field, feedUrl));
  const labels = readLabels(item);
  const authors = names([...item('atom-name'), ...item('dc-creator'), ...item('rss-author'), ...item('itunes-author')]);
  const source = item('rss-source')[0];
  const guid = first(item, ['rss-guid', 'atom-id', 'rss-id', 'rdf-about', 'dc-identifier']);
  return {
    url: addressOf(item, feedUrl),
    guid,
    title: headline(item, titles),
    summary: prose(item, summaries),
    content: prose(item, contents),
    published: date(item, published),
    updated: date(item, updated),
    authors: authors.length > 0 ? authors : feedAuthors,
    categories: [...new Set(labels.map(({ name }) => name))],
    labels,
    image: pictureOf(item, media, enclosures, feedUrl),
    language: first(item, ['dc-language', 'rss-language']) ?? item('atom-title')[0]?.attributes.lang,
    enclosures: enclosures.filter(({ url }) => url !== ''),
    media: media.filter(({ url }) => url !== ''),
    comments: resolve(first(item, ['rss-comments']), undefined, feedUrl),
    originalUrl: resolve(first(item, ['feedburner-origlink']), undefined, feedUrl),
    source: source && { name: plainText(source.text) || undefined, url: source.attributes.url },
  };
}

function addressOf(item: Fields, feedUrl: string | undefined): string | undefined {
  const link = item('rss-link').find(hasAddress) ?? alternate(item('atom-link'));
  if (link) return resolve(link.text.trim() || link.attributes.href, link, feedUrl);
  const guid = item('rss-guid').find(
    ({ text, attributes }) => attributes.ispermalink?.toLowerCase() !== 'false' && isWebAddress(text),
  );
  const other = guid ?? [...item('atom-id'), ...item('rdf-about')].find(({ text }) => isWebAddress(text));
  return other && resolve(other.text, other, feedUrl);
}

const hasAddress = ({ text, attributes }: Field): boolean => text.trim() !== '' || Boolean(attributes.href);
const isWebAddress = (text: string): boolean => /^\s*https?:\/\/\S+\s*$/i.test(text);

/** What an Atom link leads to; `alternate` when it does not say (RFC 4287, 4.2.7.2). */
const relationOf = ({ attributes }: Field): string =>
  attributes.rel?.trim().toLowerCase().replace('http://www.iana.org/assignments/relation/', '') || 'alternate';

/** The page that an Atom entry or feed stands for, HTML before other types. */
function alternate(links: readonly Field[]): Field | undefined {
  const pages = links.filter((link) => hasAddress(link) && relationOf(link) === 'alternate');
  return (
    pages.find(({ attributes }) => attributes.type?.startsWith('text/html')) ??
    pages.find(({ attributes }) => !attributes.type) ??
    pages[0]
  );
}

const resolve = (raw: string | undefined, field: Field | undefined, feedUrl: string | undefined): string | undefined =>
  resolveAddress(raw, field?.attributes.base, feedUrl);

const first = (fields: Fields, wanted: readonly string[]): string | undefined => {
  for (const name of wanted) for (const { text } of fields(name)) if (text.trim() !== '') return text.trim();
  return undefined;
};

const date = (fields: Fields, wanted: readonly string[]): string | undefined => {
  for (const name of wanted)
    for (const { text } of fields(name)) {
      const found = text.trim() === '' ? undefined : readDate(text);
      if (found !== undefined) return found;
    }
  return undefined;
};

function headline(fields: Fields, wanted: readonly string[]): string | undefined {
  for (const name of wanted)
    for (const field of fields(name)) {
      const title = isPlain(field) ? field.text.replace(/\s+/g, ' ').trim() : plainText(textOf(field));
      if (title !== '') return title;
    }
  return undefined;
}

/** The longest of the named texts as HTML: feeds that give a text twice give a shorter form once. */
function prose(fields: Fields, wanted: readonly string[]): string | undefined {
  let longest = '';
  for (const name of wanted)
    for (const field of fields(name)) {
      const text = isPlain(field) ? escapeMarkup(field.text) : textOf(field);
      if (text.trim().length > longest.length) longest = text.trim();
    }
  return longest || undefined;
}

/** Atom says when a text is plain (RFC 4287, 3.1.1); everywhere else text may hold HTML. */
const isPlain = ({ attributes }: Field): boolean =>
  /^text(?:\/plain)?$/i.test(attributes.type ?? '') && attributes.mode === undefined;

/** Atom 0.3 could wrap text in base64. */
const textOf = ({ text, attributes }: Field): string =>
  attributes.mode === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text;

function enclosure({ attributes, text }: Field, feedUrl: string | undefined): Enclosure {
  return {
    url: resolveAddress(attributes.url ?? attributes.href ?? text, attributes.base, feedUrl) ?? '',
    type: attributes.type || undefined,
    length: positive(attributes.length ?? attributes.filesize),
  };
}

const maxNameLength = 300;
const maxLabels = 100;

/** `mail@example.org (Jane Roe)` → `Jane Roe`; a bare mail address is nobody's name. */
function names(fields: readonly Field[]): string[] {
  const found = fields
    .map(({ text }) => plainText(text.slice(0, maxNameLength)))
    .map((name) => /^\S+@\S+\s*\((.+)\)$/.exec(name)?.[1] ?? name.replace(/\s*[<(]?\S+@\S+\.\S+[>)]?\s*/, ' ').trim())
    .filter((name) => name !== '');
  return [...new Set(found)];
}

function readLabels(item: Fields): FeedCategory[] {
  const found = new Map<string, FeedCategory>();
  const add = (name: string | undefined, domain: string | undefined): void => {
    const label = plainText(name ?? '');
    if (label !== '' && !found.has(`${domain}\n${label}`))
      found.set(`${domain}\n${label}`, { name: label, domain: domain || undefined });
  };
  for (const { text, attributes } of item('rss-category')) add(text, attributes.domain);
  for (const { text, attributes } of item('atom-category'))
    add(attributes.label || attributes.term || text, attributes.scheme);
  for (const { text } of item('dc-subject')) add(text, undefined);
  for (const { text, attributes } of item('media-category')) add(attributes.label || text, attributes.scheme);
  for (const { text } of item('media-keywords')) for (const word of text.split(',')) add(word, undefined);
  return [...found.values()].slice(0, maxLabels);
}

/** The widest picture that the item names. */
function pictureOf(
  item: Fields,
  media: readonly Media[],
  enclosures: readonly Enclosure[],
  feedUrl: string | undefined,
): string | undefined {
  const isPicture = ({ type, medium, url }: Media): boolean =>
    medium === 'image' ||
    type?.startsWith('image/') === true ||
    (!medium && !type && /\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)/i.test(url));
  const thumbnails = item('media-thumbnail').length;
  const pictures = media.filter(
    (one, index) => one.url !== '' && (isPicture(one) || index >= media.length - thumbnails),
  );
  const widest = pictures.reduce<Media | undefined>(
    (best, one) => (best && (best.width ?? 0) >= (one.width ?? 0) ? best : one),
    undefined,
  );
  const image = item('rss-image')[0] ?? item('itunes-image')[0];
  return (
    widest?.url ??
    enclosures.find((one) => isPicture(one))?.url ??
    (image &&
      resolve(
        image.attributes.url ?? image.attributes.href ?? (isWebAddress(image.text) ? image.text : undefined),
        image,
        feedUrl,
      ))
  );
}

const minutesOf: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 1_440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};

/** RSS 1.0 module Syndication: `updateFrequency` times in an `updatePeriod`; the default is once. */
function updateMinutes(feed: Fields): number | undefined {
  const period = minutesOf[first(feed, ['sy-updateperiod'])?.toLowerCase() ?? ''];
  return period === undefined ? undefined : period / (positive(first(feed, ['sy-updatefrequency'])) ?? 1);
}

function positive(text: string | undefined): number | undefined {
  const number = Number(text?.trim() || Number.NaN);
  return Number.isFinite(number) && number > 0 ? number : undefined;
}
