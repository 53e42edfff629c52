import { Buffer, isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';

/** How many bytes are looked at for a `<meta>` charset (the HTML standard says 1024; real pages need more) and by the detector. */
const headBytes = 4096;
const detectBytes = 64 * 1024;

const byteOrderMarks: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
];

/** The WHATWG encoding behind a label such as `latin1` or `cp-1251`, or undefined for a label nobody knows. */
function knownEncoding(label: string | undefined): string | undefined {
  if (!label) return undefined;
  const name = label
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  for (const candidate of [
    name,
    name.replace(/^(cp|win|windows)[-_]?(125\d)$/, 'windows-$2'),
    name.replace('_', '-'),
  ]) {
    try {
      return new TextDecoder(candidate).encoding;
    } catch {
      // the next spelling
    }
  }
  return undefined;
}

function charsetOfHeader(contentType: string | undefined): string | undefined {
  return knownEncoding(/charset\s*=\s*("[^"]*"|'[^']*'|[^\s;]+)/i.exec(contentType ?? '')?.[1]);
}

/** The charset that the document names itself: `<meta charset>`, `<meta http-equiv>` or the XML declaration. */
function charsetOfDocument(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headBytes)).toString('latin1');
  const label =
    /^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1] ??
    /<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1];
  const encoding = knownEncoding(label);
  // A document whose `<meta>` could be read as ASCII is not UTF-16 (HTML standard, 'prescan').
  return encoding?.startsWith('utf-16') ? 'utf-8' : encoding;
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 127) return false;
  return true;
}

/** True when at most one in ten of the characters outside ASCII is broken: UTF-8 that was cut or patched by the site. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return true;
  let broken = 0;
  let whole = 0;
  for (const char of new TextDecoder().decode(bytes.subarray(0, detectBytes), { stream: true }))
    if (char === '\uFFFD') broken++;
    else if (char > '\x7f') whole++;
  return broken * 10 <= whole;
}

/** False when the bytes hold something that has no character in the encoding. */
function fits(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, detectBytes), { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * The encoding of a document: byte order mark, then what the bytes prove, then what header and document say, then
 * what their statistics suggest. Bytes outside ASCII that form UTF-8 are UTF-8 whatever the labels say (by chance
 * that is next to impossible); a label that the bytes contradict is not believed.
 */
export function detectEncoding(bytes: Uint8Array, contentType?: string): string {
  for (const [encoding, mark] of byteOrderMarks)
    if (mark.every((byte, index) => bytes[index] === byte)) return encoding;
  const header = charsetOfHeader(contentType);
  const own = charsetOfDocument(bytes);
  // ISO-2022-JP and UTF-16 may be made of ASCII bytes only, so what follows says nothing about them.
  if (header?.startsWith('utf-16') || header === 'iso-2022-jp') return header;
  if (isAscii(bytes)) return header ?? own ?? 'utf-8';
  if (isMostlyUtf8(bytes)) return 'utf-8';
  // Servers send Latin-1 as their default without looking; a document that names something else knows better.
  const labels = header === 'windows-1252' ? [own, header] : [header, own];
  for (const label of labels) if (label !== undefined && label !== 'utf-8' && fits(bytes, label)) return label;
  for (const guess of analyse(bytes.subarray(0, detectBytes))) {
    const encoding = knownEncoding(guess.name);
    if (encoding && !encoding.startsWith('utf-') && fits(bytes, encoding)) return encoding;
  }
  return 'windows-1252';
}

/** Bytes of a page or feed as text; bytes without a meaning become U+FFFD. `contentType` is the response header. */
export function decode(bytes: Uint8Array, contentType?: string): string {
  return new TextDecoder(detectEncoding(bytes, contentType)).decode(bytes);
}
