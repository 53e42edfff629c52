import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';

/** How many bytes are looked at for a label in the document (the HTML standard says 1024; real pages need more) and by the detector. */
const headBytes = 4096;
const detectBytes = 64 * 1024;

const byteOrderMarks: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * Bytes of a page, feed or sitemap → text, whatever is wrong with their labels. Never throws.
 *
 * Order: byte order mark; the width of its characters; UTF-8, where the bytes prove it (by chance a text of another encoding is next
 * to never valid UTF-8); the labels of header and document, as far as the bytes fit them; the statistics of its letters. Bytes without
 * a meaning become U+FFFD.
 *
 * @param contentType the header `Content-Type`
 */
export function decodeBytes(bytes: Uint8Array, contentType?: string): string {
  const wide = byteOrderMarks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];
  const certain = wide ?? widthOf(bytes);
  if (certain !== undefined) return withoutMark(decodeAs(certain, bytes) ?? '');
  const labels = labelsOf(bytes, contentType);
  return withoutMark(byEscapes(labels, bytes) ?? byUtf8(labels, bytes) ?? byLabels(labels, bytes));
}

const withoutMark = (text: string): string => text.replace(/^\ufeff+/, '');

/** UTF-16 and UTF-32 without a mark: markup is mostly ASCII, whose other bytes are 0 (XML 1.0, appendix F). */
function widthOf(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, 64);
  if (head.length < 4 || !head.includes(0)) return undefined;
  const zeros = [0, 0, 0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 4] = (zeros[index % 4] ?? 0) + 1;
  const [a, b, c, d] = zeros.map((count) => count > head.length / 8 - 1);
  if (a && b && c && !d) return 'utf-32be';
  if (!a && b && c && d) return 'utf-32le';
  if (a && !b && c && !d) return 'utf-16be';
  if (!a && b && !c && d) return 'utf-16le';
  return undefined;
}

/** What header and document say, the more credible first; only labels that somebody knows. */
function labelsOf(bytes: Uint8Array, contentType: string | undefined): string[] {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headBytes)).toString('latin1');
  const header = encodingOf(/charset\s*=\s*("[^"]*"|'[^']*'|[^\s;]+)/i.exec(contentType ?? '')?.[1]);
  const own = encodingOf(
    /<\?xml[^>]{0,200}?\bencoding\s*=\s*["']\s*([\w.:-]+)/i.exec(head)?.[1] ??
      /<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1],
  );
  // Servers send Latin-1 as their default without looking; a document that names something else knows better.
  const found = header === 'windows-1252' ? [own, header] : [header, own];
  // Text of wide characters has been found already, so a label of them is wrong.
  return found.filter((label) => label !== undefined && !/^utf-?(?:16|32|8)|^ucs/.test(label)) as string[];
}

/** What `iconv-lite` also calls an encoding, and is none of a text's. */
const notText = /^(?:hex|base64|binary|internal|utf-?7-?imap)$/;

/** The encoding behind a label such as `latin1`, `cp-1251` or `ISO_8859_2`; undefined for a label nobody knows. */
function encodingOf(label: string | undefined): string | undefined {
  const name = (label ?? '')
    .toLowerCase()
    .replace(/^["'\s]+|["'\s]+$/g, '')
    .replace(/^(?:cp|win|windows)[-_]?(125\d|874)$/, 'windows-$1');
  if (name === '') return undefined;
  for (const spelling of [name, name.replaceAll('_', '-'), name.replace(/^(?:x|cs)[-_]?/, '')]) {
    try {
      return new TextDecoder(spelling).encoding;
    } catch {
      // the next spelling
    }
  }
  // Labels that the web platform does not know: EBCDIC, DOS code pages.
  return !notText.test(name) && iconv.encodingExists(name) ? name : undefined;
}

/** Encodings that write other characters with ASCII bytes, so that they must be looked for before UTF-8. */
function byEscapes(labels: readonly string[], bytes: Uint8Array): string | undefined {
  const label = labels.find((one) => /^(?:iso-?2022|hz|utf-?7)/.test(one));
  const text = label && decodeAs(label, bytes);
  return text && brokenIn(text) === 0 ? text : undefined;
}

/** A pair of two bytes can be a Chinese, Japanese or Korean character as well; a few of them prove nothing. */
const leastSequences = 4;
const doubleByte = /^(?:gb|big5|shift|euc|x-?euc|ks|cp9[345]|windows-31j|windows-949)/;

function byUtf8(labels: readonly string[], bytes: Uint8Array): string | undefined {
  if (isAscii(bytes)) return labels.some(isForeignToAscii) ? undefined : new TextDecoder().decode(bytes);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (isUtf8(bytes)) {
    const isShort = text.length < 20_000 && otherThanAscii(text) < leastSequences;
    return isShort && labels.some((label) => doubleByte.test(label) && fits(label, bytes)) ? undefined : text;
  }
  // A few broken characters in much UTF-8 come from cutting texts by bytes; labels of one byte a character fit any bytes.
  return isMostlySound(text) ? text : undefined;
}

/** EBCDIC: its letters are other bytes than ASCII's. */
const isForeignToAscii = (label: string): boolean =>
  /^(?:cp|ibm|ebcdic)[-_]?(?:037|273|277|278|28\d|297|500|1047|114\d)/.test(label);

function byLabels(labels: readonly string[], bytes: Uint8Array): string {
  const label = bestOf(labels, bytes) ?? bestOf(likelyEncodings(bytes), bytes) ?? 'windows-1252';
  return decodeAs(label, bytes) ?? '';
}

/** The first that every byte fits, else the first that most bytes fit. */
const bestOf = (labels: readonly string[], bytes: Uint8Array): string | undefined =>
  labels.find((one) => fits(one, bytes)) ?? labels.find((one) => isMostlySound(decodeAs(one, bytes) ?? ''));

/** What the statistics of the letters suggest, for documents that say nothing or something wrong; the surest first. */
const likelyEncodings = (bytes: Uint8Array): string[] =>
  looksThai(bytes.subarray(0, detectBytes)) ? ['windows-874'] : statisticsOf(bytes.subarray(0, detectBytes));

/**
 * Thai of one byte a letter, which the detector does not know and takes for Korean. Its code page has no letters at 0xDB-0xDE and 0xFC-0xFF and
 * hardly used ones from 0xEF on, where Cyrillic, Greek and Hebrew have theirs; a long vowel (0xD2) and two tone marks (0xE8, 0xE9) make up 10 to
 * 20 % of a text, and 2 % of Korean and Arabic bytes.
 */
function looksThai(bytes: Uint8Array): boolean {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  const sum = (from: number, to = from): number =>
    counts.subarray(from, to + 1).reduce((total, count) => total + count, 0);
  const high = sum(0x80, 0xff);
  if (high < 60 || sum(0xdb, 0xde) + sum(0xfc, 0xff) > 0) return false;
  return sum(0xef, 0xfb) < high * 0.03 && sum(0xd2) + sum(0xe8, 0xe9) > high * 0.1;
}

const statisticsOf = (bytes: Uint8Array): string[] =>
  analyse(bytes)
    .filter(({ confidence, name }) => confidence >= 10 && !/^utf/i.test(name))
    .map(({ name }) => encodingOf(name))
    .filter((name) => name !== undefined);

/** Whether every byte has a meaning, but for a character that the end of the document cuts. */
function fits(label: string, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    return brokenIn(decodeAs(label, bytes) ?? '\ufffd') === 0;
  }
}

function decodeAs(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { ignoreBOM: true }).decode(bytes);
  } catch {
    if (!iconv.encodingExists(label)) return undefined;
    return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), label);
  }
}

const brokenIn = (text: string): number => text.split('\ufffd').length - 1;
const otherThanAscii = (text: string): number => text.replace(/[\0-\x7f\ufffd]+/g, '').length;

/** Of the characters outside ASCII, at most one in three is broken. */
const isMostlySound = (text: string): boolean => otherThanAscii(text) > 2 * brokenIn(text);
