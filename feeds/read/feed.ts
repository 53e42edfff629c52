import { decodeDocument } from './decode-document.ts';
import type { FeedDocument } from './document.ts';
import { FeedError } from './feed-error.ts';
import { readJsonFeed } from './json-feed.ts';
import { readRssOrAtom } from './rss-atom.ts';

export type { FeedDocument, FeedEntry } from './document.ts';
export { FeedError } from './feed-error.ts';

/** What is known of a feed besides its bytes. */
export interface AboutFeed {
  /** The address it came from, after redirects; relative addresses are read against it. */
  readonly url?: string | undefined;
  /** The header `Content-Type`. */
  readonly contentType?: string | undefined;
}

export interface FeedLimits {
  /** Of the decompressed document. */
  readonly maxBytes: number;
  /** The rest is left out and `cut` says so. */
  readonly maxItems: number;
  /** Of elements in each other. */
  readonly maxDepth: number;
}

/** What other readers use. */
const defaultLimits: FeedLimits = { maxBytes: 15_000_000, maxItems: 2_000, maxDepth: 500 };

/**
 * A feed as it came from the network → what it says: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed; gzipped or not, in
 * any encoding, well formed or not. Of a damaged feed the sound items are kept.
 *
 * @throws FeedError when it is no feed; its message says what it is instead
 */
export async function readFeed(
  body: Uint8Array | string,
  about: AboutFeed,
  limits: Partial<FeedLimits> = {},
): Promise<FeedDocument> {
  const { maxBytes, maxItems, maxDepth } = { ...defaultLimits, ...limits };
  if (typeof body !== 'string') refuseBinary(body);
  const text = await decodeDocument(body, about.contentType, maxBytes);
  const asXml = (): Promise<FeedDocument> => readRssOrAtom(text, about.url, { maxItems, maxDepth });
  const asJson = (from: string): FeedDocument => readJsonFeed(from, about.url, maxItems);
  if (looksLikeJson(text))
    return orElse(
      () => asJson(text),
      () => (xmlRoot.test(text) ? asXml() : undefined),
    );
  return orElse(asXml, () => {
    const json = jsonWithin(text);
    return json === undefined ? undefined : asJson(json);
  });
}

/** Also behind a guard such as `)]}',`, or in the call that JSONP makes. */
const looksLikeJson = (text: string): boolean =>
  /^(?:\)\]\}'?,?|(?:\/\*\*\/)?\s*[\w$.]{1,100}\s*\()?\s*[[{]/.test(text.trimStart());
const xmlRoot = /<(?:[\w.-]{1,20}:)?(?:rss|feed|rdf)[\s>]/i;

/** A JSON Feed behind a server's notice. */
function jsonWithin(text: string): string | undefined {
  const version = text.indexOf('jsonfeed.org/version/');
  const start = version < 0 ? -1 : text.lastIndexOf('{', version);
  return start < 0 ? undefined : text.slice(start);
}

/** A notice of the server before a feed makes it look like something else: then the second way is tried, and the first mistake told. */
async function orElse(
  first: () => FeedDocument | Promise<FeedDocument>,
  second: () => FeedDocument | Promise<FeedDocument> | undefined,
): Promise<FeedDocument> {
  try {
    return await first();
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    try {
      const found = await second();
      if (found) return found;
    } catch (other) {
      if (!(other instanceof FeedError)) throw other;
    }
    throw error;
  }
}

const signatures: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['PK\x03\x04', 'a ZIP archive'],
];

function refuseBinary(bytes: Uint8Array): void {
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  const found = signatures.find(([signature]) => start.startsWith(signature));
  if (found) throw new FeedError('binary', `This is ${found[1]}, not a feed.`);
}
