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

/** The text of an answer that should be a page. Throws FetchError `not-html` when it is something else. */
export function pageText(url: string, body: Uint8Array, contentType: string | undefined): string {
  if (!mayBePage(contentType) || looksBinary(body))
    throw new FetchError(url, 'not-html', `the answer is ${contentType ?? 'no text'}`);
  const text = decodeBytes(body, contentType);
  if (!/html/i.test(contentType ?? '') && text.length > 0 && !htmlStart.test(text.slice(0, 4096)))
    throw new FetchError(url, 'not-html', `the answer is ${contentType ?? 'no HTML'}`);
  return text;
}
