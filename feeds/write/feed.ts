import type { Instant } from '../../src/domain/article.ts';
import { escapeMarkup } from '../../src/text/escape.ts';
import { plainText } from '../../src/text/plain-text.ts';
import { feedHtml } from './feed-html.ts';
import { printable, webAddress } from './printable.ts';

/** A label as it leaves: the vocabulary's address, the code in it, the words for it, and how it was found. */
export interface OutLabel {
  /** URI of the vocabulary: `http://cv.iptc.org/newscodes/mediatopic/`, `urn:iso:std:iso:3166:-1`. */
  readonly scheme: string;
  /** The code: `15000000`, `RS`. */
  readonly term: string;
  /** For people: `sport`, `Serbia`. */
  readonly label: string;
  /** 0…1 */
  readonly confidence: number;
  /** `operator`, `publisher`, `text` or `source`. */
  readonly origin: string;
}

export interface OutItem {
  /** Absolute URI (a URN or an address) that never changes. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly published?: Instant | undefined;
  readonly updated?: Instant | undefined;
  /** BCP 47 */
  readonly language?: string | undefined;
  /** HTML */
  readonly summary?: string | undefined;
  /** HTML of the whole text, where it may be given. */
  readonly content?: string | undefined;
  readonly image?:
    | { readonly url: string; readonly type?: string | undefined; readonly length?: number | undefined }
    | undefined;
  /** The outlet, with its home page and, where it has one that all may know, its feed. */
  readonly source?: { readonly name: string; readonly url: string; readonly feedUrl?: string | undefined } | undefined;
  readonly labels: readonly OutLabel[];
  /** The same story or text at other outlets. */
  readonly alsoAt: readonly OutCopy[];
}

/** Another telling: of the outlet alone, or with its headline and what is to be said of it. */
export interface OutCopy {
  readonly name: string;
  readonly url: string;
  readonly title?: string | undefined;
  readonly note?: string | undefined;
}

/** Where a document stands among the archives of its feed (RFC 5005, section 4). */
export interface OutArchive {
  /** Whether this document is an archive, which no longer grows. */
  readonly complete: boolean;
  /** The feed that is subscribed to; of an archive only. */
  readonly current?: string | undefined;
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
}

export interface OutFeed {
  readonly title: string;
  readonly description: string;
  /** The page that shows the same. */
  readonly homeUrl: string;
  /** The address of this very document. */
  readonly selfUrl: string;
  /** WebSub hub. */
  readonly hubUrl?: string | undefined;
  /** When anything in it last changed; not in the future. Items that say a later time are given this one. */
  readonly updated: Instant;
  /** BCP 47; left out where items of several languages are merged. */
  readonly language?: string | undefined;
  readonly archive?: OutArchive | undefined;
  readonly items: readonly OutItem[];
}

/** An item made fit for every format: texts printable, addresses absolute, HTML safe and valid. */
export interface ReadyItem extends OutItem {
  readonly updated: Instant;
  /** Plain text of the summary. */
  readonly brief: string;
  /** The whole text, else the summary, and then the other outlets; never blank. */
  readonly body: string;
}

export interface ReadyFeed extends OutFeed {
  readonly items: readonly ReadyItem[];
}

/**
 * What all formats and the W3C validator ask for, settled once: no control characters, no blank titles, ids once only,
 * no date in the future of the feed or before 1990, `updated` different in every item, HTML without script, style or
 * relative address. Items without a usable id or address are left out.
 */
export function readyFeed(feed: OutFeed, language: LanguageRule = knownLanguage): ReadyFeed {
  const ids = new Set<string>();
  const times = new Set<Instant>();
  const items = feed.items.flatMap((item) => {
    const url = webAddress(item.url);
    if (url === undefined || item.id === '' || ids.has(item.id)) return [];
    ids.add(item.id);
    return [{ ...readyItem(item, url, feed.updated, times), language: language(item.language) }];
  });
  return {
    ...feed,
    homeUrl: webAddress(feed.homeUrl) ?? feed.homeUrl,
    selfUrl: webAddress(feed.selfUrl) ?? feed.selfUrl,
    title: printable(feed.title) || feed.homeUrl,
    description: printable(feed.description) || printable(feed.title),
    language: language(feed.language),
    items,
  };
}

function readyItem(item: OutItem, url: string, feedUpdated: Instant, times: Set<Instant>): ReadyItem {
  const published = plausible(item.published, feedUpdated);
  const updated = unique(plausible(item.updated, feedUpdated) ?? published ?? feedUpdated, times);
  const content = item.content && feedHtml(item.content, url);
  const summary = item.summary && feedHtml(item.summary, url);
  const title = printable(item.title);
  const alsoAt = item.alsoAt.flatMap((other) => {
    const address = webAddress(other.url);
    if (address === undefined) return [];
    const { title, note } = other;
    const told = title === undefined ? {} : { title: printable(title) || address, note: note && printable(note) };
    return [{ name: printable(other.name) || new URL(address).host, url: address, ...told }];
  });
  const sourceUrl = webAddress(item.source?.url);
  const imageUrl = webAddress(item.image?.url);
  return {
    ...item,
    url,
    title: title || printable(plainText(item.summary ?? '')).slice(0, 100) || url,
    authors: [...new Set(item.authors.map(printable).filter((name) => name !== ''))],
    published,
    updated,
    summary: summary || undefined,
    content: content || undefined,
    brief: printable(plainText(summary || '')),
    body: (content || summary || `<p>${escapeMarkup(title || url)}</p>`) + elsewhere(alsoAt),
    image:
      imageUrl === undefined
        ? undefined
        : { url: imageUrl, type: mimeType(item.image?.type), length: bytes(item.image?.length) },
    source:
      item.source && sourceUrl !== undefined
        ? {
            name: printable(item.source.name) || new URL(sourceUrl).host,
            url: sourceUrl,
            feedUrl: webAddress(item.source.feedUrl),
          }
        : undefined,
    labels: item.labels.map((label) => ({ ...label, label: printable(label.label) || label.term })),
    alsoAt,
  };
}

/** The other tellings: in a line of outlets, or one a line with their headlines. */
function elsewhere(copies: readonly OutCopy[]): string {
  if (copies.length === 0) return '';
  const link = ({ url }: OutCopy, text: string): string => `<a href="${escapeMarkup(url)}">${escapeMarkup(text)}</a>`;
  if (copies.every(({ title }) => title === undefined))
    return `<p>Also at ${copies.map((one) => link(one, one.name)).join(', ')}</p>`;
  const rows = copies.map(
    (one) =>
      `<li>${link(one, one.title ?? one.name)} (${escapeMarkup([one.name, one.note].filter(Boolean).join(', '))})</li>`,
  );
  return `<p>As they tell it:</p><ul>${rows.join('')}</ul>`;
}

/** The links of an archive by their names. */
export const archiveLinks = (
  { current, previous, next }: OutArchive = { complete: false },
): { rel: string; href: string }[] =>
  [
    { rel: 'current', href: current },
    { rel: 'prev-archive', href: previous },
    { rel: 'next-archive', href: next },
  ].flatMap(({ rel, href }) => (href === undefined ? [] : [{ rel, href: webAddress(href) ?? href }]));

/** The validator doubts dates before 1990 and in the future. */
function plausible(time: Instant | undefined, latest: Instant): Instant | undefined {
  if (time === undefined || !(Date.parse(time) >= Date.UTC(1990, 0))) return undefined;
  return Date.parse(time) > Date.parse(latest) ? latest : new Date(time).toISOString();
}

/** Two entries of Atom should not say the same `updated`; a thousandth of a second tells them apart. */
function unique(time: Instant, taken: Set<Instant>): Instant {
  let found = new Date(time).toISOString();
  while (taken.has(found)) found = new Date(Date.parse(found) - 1).toISOString();
  taken.add(found);
  return found;
}

/** What a format says of a language, if it can say it. */
export type LanguageRule = (language: string | undefined) => string | undefined;

/** RSS and Atom: the validator knows the two-letter languages; of the others only some. */
const knownLanguage: LanguageRule = (language) =>
  language && /^[a-z]{2}(?:-[a-z0-9]{2,8})*$/i.test(language) ? language : undefined;

/** JSON Feed: any tag of BCP 47, such as `fil` or `ckb`. */
export const anyLanguage: LanguageRule = (language) =>
  language && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(language) ? language : undefined;

const bytes = (length: number | undefined): number | undefined =>
  length !== undefined && Number.isInteger(length) && length > 0 ? length : undefined;

const mimeType = (type: string | undefined): string | undefined =>
  type && /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : undefined;
