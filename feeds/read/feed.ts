import { decodeDocument } from './decode-document.ts';
import type { FeedDocument } from './document.ts';
import { FeedError } from './feed-error.ts';
import { readJsonFeed } from './json-feed.ts';
import { readXmlFeed } from './xml.ts';

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

/** What peers use, see the table in the data's README. */
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
  return /^\s*[[{]/.test(text)
    ? readJsonFeed(text, about.url, maxItems)
    : readXmlFeed(text, about.url, { maxItems, maxDepth });
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
