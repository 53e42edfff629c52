import { type CustomLabels, noCustomLabels } from '../classify/custom-labels.ts';
import { countryName, isCountry, regionBySlug, regions } from '../classify/regions.ts';
import { slugs } from '../classify/slugs.ts';
import { topicBySlug, topics } from '../classify/topics.ts';
import {
  createAddresses,
  type FeedFormat,
  type Filter,
  type FilterKind,
  feedFiles,
  feedFormats,
  filterKinds,
} from '../domain/filter.ts';

/** The address names something that this wire does not have. The message says what there is instead. */
export class UnknownFilterError extends Error {
  override readonly name = 'UnknownFilterError';
  readonly kind: FilterKind | undefined;
  constructor(message: string, kind?: FilterKind) {
    super(message);
    this.kind = kind;
  }
}

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** English name of a language; undefined when the code is none. */
function languageName(code: string): string | undefined {
  if (code === 'und') return 'unknown language';
  try {
    return languages.of(code);
  } catch {
    return undefined;
  }
}

/** One of the custom topics or regions, by its id in any case. */
const ownIn = <T extends { readonly id: string }>(list: readonly T[], word: string): T | undefined =>
  list.find(({ id }) => id === word.toLowerCase());

/** The id that an address's word stands for, by kind. Sources are not known here: any word passes and the store decides. */
const idOf: Readonly<Record<FilterKind, (word: string, own: CustomLabels) => string | undefined>> = {
  region: (word, own) =>
    isCountry(word.toUpperCase()) ? word.toUpperCase() : (ownIn(own.regions, word) ?? regionBySlug(word))?.id,
  topic: (word, own) => (ownIn(own.topics, word) ?? topicBySlug(word))?.id,
  lang: (word) => (/^[a-z]{2,3}$/i.test(word) && languageName(word) ? word.toLowerCase() : undefined),
  source: (word) => word,
};

/** A capital letter at the start, for names that stand alone. */
const headed = (name: string): string => name.charAt(0).toLocaleUpperCase('en') + name.slice(1);

/** Some regions of the UN's standard have the name of a news region, and other countries. */
function regionName(id: string): string {
  const name = regionBySlug(id)?.name;
  return name === undefined ? id : /^\d/.test(id) && namesOfNewsRegions.has(name) ? `${name} (UN)` : name;
}
const namesOfNewsRegions: ReadonlySet<string> = new Set(
  regions.filter(({ id }) => !/^\d/.test(id)).map(({ name }) => name),
);

/** What a reader calls the part of a filter; a source's name only the store knows. */
export function filterName(kind: FilterKind, id: string, own: CustomLabels): string {
  switch (kind) {
    case 'region':
      return countryName(id) ?? ownIn(own.regions, id)?.name ?? regionName(id);
    case 'topic':
      // IPTC's names are long ('economy, business and finance'): the slug is their short form.
      return ownIn(own.topics, id)?.name ?? headed(topicBySlug(id)?.slug.replaceAll('-', ' ') ?? id);
    case 'lang':
      return languageName(id) ?? id;
    case 'source':
      return id;
    default:
      return kind satisfies never;
  }
}

/** What an address may name, for the message that says so. */
const choices: Readonly<Record<FilterKind, (own: CustomLabels) => string>> = {
  region: (own) =>
    `a country as ISO 3166-1 alpha-2 (RS), a news region or a UN M49 region: ${listed(own.regions, regions)}`,
  topic: (own) => `${own.topics.length > 0 ? 'a topic' : 'an IPTC Media Topic'}: ${listed(own.topics, topics)}`,
  lang: () => 'a language as ISO 639 code: en, sr, ru, …',
  source: () => 'the id of a source',
};

const listed = (own: readonly { readonly id: string }[], known: readonly { readonly slug: string }[]): string =>
  [...new Set([...own.map(({ id }) => id), ...known.map(({ slug }) => slug)])].join(', ');

const isKind = (word: string): word is FilterKind => (filterKinds as readonly string[]).includes(word);

/** What the query of an address says of a filter. */
export interface Terms {
  readonly q?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly since?: string | undefined;
}

/** Only what is given. */
const given = (fields: Readonly<Record<string, string | undefined>>): Partial<Filter> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/**
 * Reads the segments of an address (`['region', 'RS', 'topic', 'politics']`), in any order.
 * Throws UnknownFilterError, whose message is for the reader.
 */
export function readFilter(segments: readonly string[], terms: Terms = {}, own: CustomLabels = noCustomLabels): Filter {
  const filter: Partial<Record<FilterKind, string>> = {};
  for (let index = 0; index < segments.length; index += 2) {
    const kind = segments[index] ?? '';
    const word = segments[index + 1];
    if (!isKind(kind)) throw new UnknownFilterError(`There is no page '${kind}' here.`);
    if (word === undefined || word === '')
      throw new UnknownFilterError(`After '/${kind}/' stands ${choices[kind](own)}.`, kind);
    if (filter[kind] !== undefined)
      throw new UnknownFilterError(`An address names one ${kind} at most; this one names several.`, kind);
    const id = idOf[kind](word, own);
    if (id === undefined)
      throw new UnknownFilterError(
        `'${word}' is not known here. After '/${kind}/' stands ${choices[kind](own)}.`,
        kind,
      );
    filter[kind] = id;
  }
  const query = terms.q?.replace(/\s+/g, ' ').trim();
  const { from, to, since } = terms;
  return { ...filter, ...given({ query: query || undefined, from, to, since }) };
}

const addresses = createAddresses(slugs);
/** Path and query of a filter's page, or of what follows the story whose lead has that number. */
export const pageAddress = addresses.page;
/** Path and query of a filter's feed. */
export const feedAddress = addresses.feed;

/** What an address asks for: a filter's page or one of its feeds. */
export interface Address {
  readonly filter: Filter;
  readonly feed: FeedFormat | undefined;
}

/**
 * Reads `/region/RS/topic/politics/feed.xml`, `/lang/sr/search?q=…`, `/`.
 * @param path percent-encoded, without the query
 * @throws UnknownFilterError
 */
export function readAddress(path: string, terms: Terms = {}, own: CustomLabels = noCustomLabels): Address {
  const segments = path.split('/').filter(Boolean).map(decodeSegment);
  const feed = feedFormats.find((format) => feedFiles[format] === segments.at(-1));
  if (feed !== undefined) segments.pop();
  // A source may have the id 'search': then it stands after '/source/'.
  const searches = segments.length % 2 === 1 && segments.at(-1) === 'search';
  if (searches) segments.pop();
  return { filter: readFilter(segments, searches ? terms : { ...terms, q: undefined }, own), feed };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new UnknownFilterError('The address is not encoded as addresses are.');
  }
}
