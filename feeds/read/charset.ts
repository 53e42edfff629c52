import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { FeedError } from './feed-error.ts';

/** Encodings whose text can look like UTF-8 or ASCII byte for byte, so that a declaration of them comes first. */
const multiByte =
  /^(?:shift|sjis|ms_?kanji|x-sjis|windows-31j|euc|x-euc|gb|x-gbk|chinese|big5|cn-big5|iso-2022|hz|utf-?16|ucs|utf-?32|utf-?7|ks_c|korean)/i;

const byteOrderMarks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  // XML without a mark still begins with `<`, which shows the width of a character (XML 1.0, appendix F).
  ['utf-32le', [0x3c, 0, 0, 0]],
  ['utf-32be', [0, 0, 0, 0x3c]],
  ['utf-16le', [0x3c, 0]],
  ['utf-16be', [0, 0x3c]],
];

/**
 * Bytes as they came from the network → text, gunzipped if need be.
 *
 * Order: byte order mark, then the label in `contentType` (HTTP), then the label in the XML prolog, each only if every
 * byte fits it; text that is valid UTF-8 is UTF-8 whatever single-byte label stands on it; where nothing is said, the
 * statistics of its letters decide. Never throws for a wrong label.
 *
 * @param maxBytes upper bound of the plain bytes
 * @throws FeedError `too-large`, or `damaged` when the gzip stream cannot be read
 */
export async function decodeDocument(
  body: Uint8Array | string,
  contentType: string | undefined,
  maxBytes: number,
): Promise<string> {
  if (typeof body === 'string') {
    if (body.length > maxBytes) throw tooLarge(maxBytes);
    return withoutMark(body);
  }
  const bytes = body[0] === 0x1f && body[1] === 0x8b ? await unzip(body, maxBytes) : body;
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return withoutMark(decodeBytes(bytes, contentType));
}

function decodeBytes(bytes: Uint8Array, contentType: string | undefined): string {
  const marked = byteOrderMarks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return decodeAs(marked[0], bytes, false) ?? '';

  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');
  const header = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1];
  const prolog = /<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1];
  // Servers send Latin-1 as their default without looking; a document that names something else knows better.
  const isDefault = /^(?:iso-?8859-1|latin-?1|windows-1252|us-ascii)$/i.test(header ?? '');
  const labels = (isDefault ? [prolog, header] : [header, prolog]).filter((label) => label !== undefined);

  for (const label of labels) {
    const text = multiByte.test(label) ? decodeAs(label, bytes, true) : undefined;
    if (text !== undefined) return text;
  }
  const utf8 = decodeAs('utf-8', bytes, true);
  if (utf8 !== undefined) return utf8;
  // A few broken characters in much UTF-8 come from cutting texts by bytes; single-byte labels fit any bytes.
  const loose = decodeAs('utf-8', bytes, false) ?? '';
  if (isMostlySound(loose)) return loose;
  const own = labels.filter((label) => !/^utf-?8$/i.test(label));
  return (
    firstThatFits(own, bytes, true) ??
    firstThatFits(own, bytes, false) ??
    firstThatFits(likelyEncodings(bytes), bytes, true) ??
    decodeAs('windows-1252', bytes, false) ??
    loose
  );
}

function firstThatFits(labels: readonly string[], bytes: Uint8Array, fatal: boolean): string | undefined {
  for (const label of labels) {
    const text = decodeAs(label, bytes, fatal);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** What the statistics of the letters suggest, for documents that say nothing or something wrong; the surest first. */
const likelyEncodings = (bytes: Uint8Array): string[] =>
  analyse(bytes.subarray(0, 65_536))
    .filter(({ confidence }) => confidence >= 20)
    .map(({ name }) => name);

/** undefined when the label is unknown or, with `fatal`, when a byte does not fit. */
function decodeAs(label: string, bytes: Uint8Array, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(label, { fatal, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError || !iconv.encodingExists(label)) return undefined;
    // Labels that the web platform does not know: UTF-32, EBCDIC, DOS code pages.
    const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), label);
    return fatal && text.includes('\ufffd') ? undefined : text;
  }
}

function isMostlySound(text: string): boolean {
  const broken = text.split('\ufffd').length - 1;
  const sound = text.replace(/[\0-\x7f\ufffd]+/g, '').length;
  return sound > 2 * broken;
}

async function unzip(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  try {
    // Z_SYNC_FLUSH gives what a stream that was cut off still holds.
    return await promisify(gunzip)(bytes, { maxOutputLength: maxBytes, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(maxBytes);
    throw new FeedError('damaged', 'The document says that it is gzip, but cannot be decompressed.', { cause: error });
  }
}

const tooLarge = (maxBytes: number): FeedError =>
  new FeedError('too-large', `The document is larger than ${maxBytes} bytes; raise the limit if that is right.`);

const withoutMark = (text: string): string => text.replace(/^\ufeff+/, '');
