import { Buffer } from 'node:buffer';
import { decodeBytes } from '../../text/charset.ts';
import { FetchError } from './fetch-error.ts';

const textual = /^(?:text\/|application\/(?:xhtml\+xml|xml|rss\+xml|atom\+xml|octet-stream)|$)/i;

/** True for content types that can be a page: HTML, and what is sent in its place by mistake (plain text, nothing at all). */
export function mayBePage(contentType: string | undefined): boolean {
  const type = (contentType ?? '').split(';')[0]?.trim() ?? '';
  return textual.test(type) && !/^text\/(?:css|csv|javascript|calendar|vcard|vtt)$/i.test(type);
}

const binaryStarts = ['%PDF', '\x89PNG', 'GIF8', '\xff\xd8\xff', 'PK\x03\x04', '\x1f\x8b'];

/** Binary content behind a textual label or none: PDF, pictures, archives, or a NUL byte in what is not UTF-16. */
export function looksBinary(bytes: Uint8Array): boolean {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  return binaryStarts.some((mark) => start.startsWith(mark)) || (!wide && bytes.subarray(0, 512).includes(0));
}

const htmlStart = /<(?:!doctype\s+html|html|head|body|title|article|meta|div|p|h1)\b/i;

/** Documents that are written in letters: what they are stands before their first tag. PDF readers look for it this far. */
const documentStart = /%PDF-\d|%!PS|\{\\rtf\d|<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b/i;
const documentReach = 1024;
/** Characters from the start in which bytes that are no text show themselves, and the share of control characters that betrays them. */
const controlReach = 4096;
const controlShare = 0.01;

/**
 * Text that is no page, whatever its label says: another kind of document before any tag of HTML, or bytes that were read as text, of which
 * every tenth is a control character. A page has none of these, be its charset wrong.
 */
export function isNoPage(text: string): boolean {
  const start = text.slice(0, documentReach);
  const other = documentStart.exec(start);
  if (other && !htmlStart.test(start.slice(0, other.index))) return true;
  const length = Math.min(text.length, controlReach);
  let controls = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    // Tab, line feed, form feed, return and escape stand in texts.
    if (code < 32 && !(code >= 9 && code <= 13) && code !== 27) controls++;
  }
  return controls > Math.max(2, length * controlShare);
}

/** The text of an answer that should be a page. Throws FetchError `not-html` when it is something else. */
export function pageText(url: string, body: Uint8Array, contentType: string | undefined): string {
  if (!mayBePage(contentType) || looksBinary(body))
    throw new FetchError(url, 'not-html', `the answer is ${contentType ?? 'no text'}`);
  const text = decodeBytes(body, contentType);
  const isHtml = /html/i.test(contentType ?? '') || text.length === 0 || htmlStart.test(text.slice(0, 4096));
  if (!isHtml || isNoPage(text)) throw new FetchError(url, 'not-html', `the answer is ${contentType ?? 'no HTML'}`);
  return text;
}
