import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeDocument } from '../../../feeds/read/decode-document.ts';

const decode = (body: Uint8Array, contentType?: string) => decodeDocument(body, contentType, 100_000);
const document = (text: string, label: string) => `<?xml version="1.0" encoding="${label}"?><t>${text}</t>`;

describe('decodeDocument', () => {
  it('believes the header before the prolog', async () => {
    const bytes = iconv.encode(document('Москва', 'iso-8859-1'), 'koi8-r');
    expect(await decode(bytes, 'text/xml; charset=KOI8-R')).toContain('Москва');
  });

  it('believes the prolog before a Latin-1 header, which servers send without looking', async () => {
    const bytes = iconv.encode(document('Београд', 'windows-1251'), 'windows-1251');
    expect(await decode(bytes, 'text/xml; charset=ISO-8859-1')).toContain('Београд');
  });

  it('does not believe a UTF-8 label on Latin-1', async () => {
    expect(await decode(iconv.encode(document('Café à Genève', 'utf-8'), 'latin1'))).toContain('Café à Genève');
  });

  it('reads long UTF-8 that is cut within a character', async () => {
    const bytes = Buffer.from(document('Чачак је град', 'utf-8'));
    const cut = bytes.subarray(0, bytes.indexOf('</t>') - 1);
    expect(await decode(cut)).toContain('Чачак је гра');
  });

  it('takes off marks of text that is decoded already', async () => {
    expect(await decodeDocument('\ufeff<a/>', undefined, 100)).toBe('<a/>');
  });

  it('unzips, and gives what a stream that was cut off still holds', async () => {
    const zipped = gzipSync(Buffer.from('<a>'.repeat(5_000)));
    expect(await decode(zipped)).toHaveLength(15_000);
    expect(await decode(zipped.subarray(0, zipped.length - 12))).toMatch(/^<a>/);
  });

  it.each([
    ['windows-1251', 'Премијер је у суботу отворио нову луку и поздравио све који су је градили'],
    ['windows-1253', 'Ο πρωθυπουργός εγκαινίασε το νέο λιμάνι και ευχαρίστησε όσους το έχτισαν'],
    ['shift_jis', '首相は土曜日に新しい港を開き、建設に携わった人々に感謝した'],
  ])('guesses %s where nothing is said', async (label, text) => {
    expect(await decode(iconv.encode(`<rss><title>${text}</title></rss>`, label))).toContain(text);
  });

  it('does not fail on a label that nobody knows', async () => {
    expect(await decode(Buffer.from(document('ok', 'x-no-such')), 'text/xml; charset=bogus')).toContain('ok');
  });
});
