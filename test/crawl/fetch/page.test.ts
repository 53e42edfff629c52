import { describe, expect, it } from 'vitest';
import { isNoPage, pageText } from '../../../src/crawl/fetch/page.ts';

const bytes = Uint8Array.from({ length: 3000 }, (_, index) => 1 + ((index * 7919) % 255));
const page = '<!doctype html><title>Harbour reopens</title><p>The harbour of Brenkoval opened again on Monday.</p>';
const documents: readonly [string, string | Uint8Array][] = [
  ['a PDF', '%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj'],
  ['a PDF behind blank lines', '\n\n   %PDF-1.4 of plain letters'],
  ['a PDF behind a byte order mark', '\ufeff%PDF-1.4 of plain letters'],
  ['rich text', '{\\rtf1\\ansi A document with some words}'],
  ['PostScript', '%!PS-Adobe-3.0\n(words) show showpage'],
  ['a feed', '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>'],
  ['a sitemap', '<?xml version="1.0"?><urlset><url><loc>https://press.example/</loc></url></urlset>'],
  ['bytes without a zero', bytes],
  ['bytes behind a tag', Buffer.concat([Buffer.from('<html><body>'), bytes])],
];

describe('what is no page', () => {
  it.each(documents)('is %s, also when the answer says that it is HTML', (_, body) => {
    for (const type of ['text/html', 'text/html; charset=utf-8', 'application/octet-stream', undefined])
      expect(() => pageText('https://press.example/a', Buffer.from(body), type)).toThrow(
        expect.objectContaining({ reason: 'not-html' }),
      );
  });

  it('is not a page about one of them, with one inside, or in a wrong charset', () => {
    for (const text of [
      page.replace('Monday', 'Monday (%PDF-1.7, &lt;rss>)'),
      page.replace('</p>', '</p><rss>odd</rss><svg><title>x</title></svg>'),
      page.replace('Monday', '\ufffd\ufffd\ufffd Ð¿Ð¾Ð½ÐµÐ´\u0081\u009d'),
      page.replaceAll(' ', '\t\n\f'),
    ])
      expect(isNoPage(text)).toBe(false);
  });
});
