import { type CustomLabels, noCustomLabels } from '../classify/custom-labels.ts';
import { countryName, isCountry, regionBySlug, regions } from '../classify/regions.ts';
import { topicBySlug, topics } from '../classify/topics.ts';
import type { Cut } from '../store/read/filter.ts';

/** The kinds of cut in the order in which they stand in an address. */
export const cutKinds = ['region', 'topic', 'lang', 'source'] as const;
export type CutKind = (typeof cutKinds)[number];

/** The address names something that this wire does not have. The message says what there is instead. */
export class UnknownCutError extends Error {
  override readonly name = 'UnknownCutError';
  readonly kind: CutKind | undefined;
  constructor(message: string, kind?: CutKind) {
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
const idOf: Readonly<Record<CutKind, (word: string, own: CustomLabels) => string | undefined>> = {
  region: (word, own) =>
    isCountry(word.toUpperCase()) ? word.toUpperCase() : (ownIn(own.regions, word) ?? regionBySlug(word))?.id,
  topic: (word, own) => (ownIn(own.topics, word) ?? topicBySlug(word))?.id,
  lang: (word) => (/^[a-z]{2,3}$/i.test(word) && languageName(word) ? word.toLowerCase() : undefined),
  source: (word) => word,
};

/** The word that stands for an id in an address. */
const slugOf: Readonly<Record<CutKind, (id: string) => string>> = {
  region: (id) => regionBySlug(id)?.slug ?? id,
  topic: (id) => topicBySlug(id)?.slug ?? id,
  lang: (id) => id,
  source: (id) => id,
};

/** A capital letter at the start, for names that stand alone. */
const headed = (name: string): string => name.charAt(0).toLocaleUpperCase('en') + name.slice(1);

/** What a reader calls the part of a cut; a source's name only the store knows. */
export function cutName(kind: CutKind, id: string, own: CustomLabels): string {
  switch (kind) {
    case 'region':
      return countryName(id) ?? (ownIn(own.regions, id) ?? regionBySlug(id))?.name ?? id;
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
const choices: Readonly<Record<CutKind, (own: CustomLabels) => string>> = {
  region: (own) =>
    `a country as ISO 3166-1 alpha-2 (RS), a news region or a UN M49 region: ${listed(own.regions, regions)}`,
  topic: (own) => `${own.topics.length > 0 ? 'a topic' : 'an IPTC Media Topic'}: ${listed(own.topics, topics)}`,
  lang: () => 'a language as ISO 639 code: en, sr, ru, …',
  source: () => 'the id of a source',
};

const listed = (own: readonly { readonly id: string }[], known: readonly { readonly slug: string }[]): string =>
  [...new Set([...own.map(({ id }) => id), ...known.map(({ slug }) => slug)])].join(', ');

const isKind = (word: string): word is CutKind => (cutKinds as readonly string[]).includes(word);

/**
 * Reads the segments of an address (`['region', 'RS', 'topic', 'politics']`), in any order.
 * Throws UnknownCutError, whose message is for the reader.
 */
export function readCut(segments: readonly string[], query?: string, own: CustomLabels = noCustomLabels): Cut {
  const cut: Partial<Record<CutKind, string>> = {};
  for (let index = 0; index < segments.length; index += 2) {
    const kind = segments[index] ?? '';
    const word = segments[index + 1];
    if (!isKind(kind)) throw new UnknownCutError(`There is no page '${kind}' here.`);
    if (word === undefined || word === '')
      throw new UnknownCutError(`After '/${kind}/' stands ${choices[kind](own)}.`, kind);
    if (cut[kind] !== undefined)
      throw new UnknownCutError(`An address names one ${kind} at most; this one names several.`, kind);
    const id = idOf[kind](word, own);
    if (id === undefined)
      throw new UnknownCutError(`'${word}' is not known here. After '/${kind}/' stands ${choices[kind](own)}.`, kind);
    cut[kind] = id;
  }
  const words = query?.replace(/\s+/g, ' ').trim();
  return words ? { ...cut, query: words } : cut;
}

/** Path of a cut, its parts in the one order that is canonical. */
function cutPath(cut: Cut): string {
  let path = '';
  for (const kind of cutKinds) {
    const id = cut[kind];
    if (id !== undefined) path += `/${kind}/${encodeURIComponent(slugOf[kind](id))}`;
  }
  return cut.query === undefined ? path : `${path}/search`;
}

/** The file names under which a cut's feed stands. */
export const feedFiles = { rss: 'feed.xml', atom: 'feed.atom', json: 'feed.json' } as const;
export type FeedFormat = keyof typeof feedFiles;

/** A query string, with its question mark, of what is given. */
function queryString(fields: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/** Path and query of a cut's page, or of what follows the story whose lead has that number. */
export const pageAddress = (cut: Cut, before?: string): string =>
  `${cutPath(cut) || '/'}${queryString({ q: cut.query, before })}`;

/** Path and query of a cut's feed. */
export const feedAddress = (cut: Cut, format: FeedFormat, limit?: number): string =>
  `${cutPath(cut)}/${feedFiles[format]}${queryString({ q: cut.query, limit })}`;

/** What an address asks for: a cut's page or one of its feeds. */
export interface Address {
  readonly cut: Cut;
  readonly feed: FeedFormat | undefined;
}

/**
 * Reads `/region/RS/topic/politics/feed.xml`, `/lang/sr/search?q=…`, `/`.
 * @param path percent-encoded, without the query
 * @throws UnknownCutError
 */
export function readAddress(path: string, query?: string, own: CustomLabels = noCustomLabels): Address {
  const segments = path.split('/').filter(Boolean).map(decodeSegment);
  const feed = (Object.keys(feedFiles) as FeedFormat[]).find((format) => feedFiles[format] === segments.at(-1));
  if (feed !== undefined) segments.pop();
  // A source may have the id 'search': then it stands after '/source/'.
  const searches = segments.length % 2 === 1 && segments.at(-1) === 'search';
  if (searches) segments.pop();
  return { cut: readCut(segments, searches ? query : undefined, own), feed };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new UnknownCutError('The address is not encoded as addresses are.');
  }
}
