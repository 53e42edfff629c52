import { readDate } from '../../src/text/dates/read-date.ts';
import { escapeMarkup } from '../../src/text/escape.ts';
import { plainText } from '../../src/text/plain-text.ts';
import { addressReader } from './address.ts';
import { type FeedDocument, type FeedEntry, followable } from './document.ts';
import type { FeedContext } from './entry.ts';
import { FeedError } from './feed-error.ts';
import { titleOf } from './texts.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * JSON Feed 1.0 and 1.1 → document; values of the wrong type are left out, items stay.
 *
 * @throws FeedError `json` when it is other JSON, `damaged` when it is no JSON
 */
export function readJsonFeed(text: string, feedUrl: string | undefined, maxItems: number): FeedDocument {
  const { value: feed, cut } = parse(withoutGuard(text));
  if (
    !isRecord(feed) ||
    !Array.isArray(feed.items) ||
    !(isJsonFeedVersion(feed.version) || typeof feed.title === 'string')
  )
    throw new FeedError(
      'json',
      'This is JSON, but not a JSON Feed: it has no `version` of jsonfeed.org and no `items`.',
    );
  const items = feed.items.filter(isRecord);
  if (items.length === 0 && feed.items.length > 0)
    throw new FeedError('damaged', 'The items of this JSON Feed are no items.');
  const ownAddress = addressReader(feedUrl, undefined);
  const link = ownAddress(string(feed.home_page_url));
  const language = string(feed.language);
  const context = { authors: authorNames(feed), address: addressReader(feedUrl, link), language };
  const entries = items.slice(0, maxItems).map((item) => readEntry(item, context));
  return {
    format: 'json',
    title: plainText(string(feed.title) ?? '') || undefined,
    description: titleOf(plainText(string(feed.description) ?? '')),
    link,
    self: ownAddress(string(feed.feed_url)),
    language,
    skipHours: [],
    skipDays: [],
    hubs: records(feed.hubs)
      .map(({ url }) => string(url))
      .filter((url) => url !== undefined),
    next: ownAddress(string(feed.next_url)),
    entries,
    items: followable(entries),
    cut: items.length > maxItems ? `only the first ${maxItems} items were read` : cut,
  };
}

/** Without what stands before and after the outermost braces: a guard against scripts, or a call. */
function withoutGuard(text: string): string {
  if (/^\s*[[{]/.test(text)) return text;
  const start = text.search(/[[{]/);
  return start < 0 ? text : withoutCall(text.slice(start));
}

function parse(text: string): { value: unknown; cut?: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    try {
      return { value: JSON.parse(`${text.slice(0, endOfLastItem(text))}]}`), cut: 'the document ends in the middle' };
    } catch {
      throw new FeedError('damaged', 'This looks like JSON, but cannot be parsed.', { cause: error });
    }
  }
}

/** Where the last whole object in an array of the outermost object ends. A loop over characters: hostile text is long. */
function endOfLastItem(text: string): number {
  let depth = 0;
  let end = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 2 && character === '}') end = index + 1;
    }
  }
  return end;
}

const isJsonFeedVersion = (version: unknown): boolean =>
  typeof version === 'string' && version.includes('jsonfeed.org');

function readEntry(
  item: Json,
  { authors: feedAuthors, address: read, language: feedLanguage }: Omit<FeedContext, 'rights'>,
): FeedEntry {
  const language = string(item.language);
  const address = (value: unknown) => read(string(value));
  const id = stringOrNumber(item.id);
  const tags = (typeof item.tags === 'string' ? item.tags.split(',') : Array.isArray(item.tags) ? item.tags : [])
    .map(string)
    .filter((tag) => tag !== undefined);
  const authors = authorNames(item);
  const text = string(item.content_text);
  return {
    url: address(item.url) ?? address(item.external_url) ?? (id && /^https?:\/\//.test(id) ? id : undefined),
    guid: id,
    title: titleOf(stringOrNumber(item.title) ?? ''),
    summary: string(item.summary),
    content: string(item.content_html) ?? (text && escapeMarkup(text)),
    published: date(item.date_published, language ?? feedLanguage),
    updated: date(item.date_modified, language ?? feedLanguage),
    authors: authors.length > 0 ? authors : feedAuthors,
    categories: [...new Set(tags)],
    labels: [...new Set(tags)].map((name) => ({ name })),
    image: address(item.image) ?? address(item.banner_image),
    language,
    enclosures: records(item.attachments).flatMap(({ url, mime_type, size_in_bytes }) => {
      const file = address(url);
      return file
        ? [
            {
              url: file,
              type: string(mime_type),
              length: typeof size_in_bytes === 'number' ? size_in_bytes : undefined,
            },
          ]
        : [];
    }),
    media: [],
  };
}

/** `authors` of 1.1, `author` of 1.0; some write the name alone. */
const authorNames = (of: Json): string[] => [
  ...new Set(
    [of.authors ?? of.author]
      .flat()
      .map((author) => string(isRecord(author) ? author.name : author))
      .filter((name) => name !== undefined),
  ),
];

/** RFC 3339, or the seconds or milliseconds since 1970 that programs write by mistake. */
function date(value: unknown, language: string | undefined): string | undefined {
  if (typeof value !== 'number') return readDate(string(value), language);
  const time = new Date(value < 1e11 ? value * 1000 : value);
  return value > 0 && time.getTime() < maxTime ? time.toISOString() : undefined;
}
/** The year 2100. */
const maxTime = 4_102_444_800_000;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const records = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const string = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
/** Version 1 says that numbers as ids are to be read as strings. */
const stringOrNumber = (value: unknown): string | undefined =>
  string(typeof value === 'number' ? String(value) : value);

/** Without the bracket, and perhaps semicolon, that ends a call. */
function withoutCall(text: string): string {
  const end = text.trimEnd();
  const call = end.endsWith(';') ? end.slice(0, -1).trimEnd() : end;
  return call.endsWith(')') ? call.slice(0, -1) : text;
}
