import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeDocument } from '../../../feeds/read/charset.ts';

const decode = (body: Uint8Array, contentType?: string) => decodeDocument(body, contentType, 100_000);
const document = (text: string, label: string) => `<?xml version="1.0" encoding="${label}"?><t>${text}</t>`;

describe('decodeDocument', () => {
  it.each([
    ['windows-1251', 'Премијер у Београду'],
    ['windows-1250', 'Předseda vlády navštívil'],
    ['windows-1253', 'Πρωθυπουργός'],
    ['koi8-r', 'Москва и Белград'],
    ['shift_jis', '首相が訪問'],
    ['euc-jp', '首相が訪問'],
    ['gb2312', '总理访问'],
    ['gb18030', '总理访问'],
    ['big5', '總理訪問'],
    ['euc-kr', '총리 방문'],
    ['iso-8859-2', 'Žluťoučký kůň'],
    ['cp437', 'café'],
  ])('believes the prolog: %s', async (label, text) => {
    expect(await decode(iconv.encode(document(text, label), label))).toBe(document(text, label));
  });

  it('believes a label of an encoding whose text is all ASCII bytes', async () => {
    // JIS X 0208 between the escapes ESC $ B and ESC ( B.
    const bytes = Buffer.from(document('\u001b$BF|K\\\u001b(B', 'iso-2022-jp'), 'latin1');
    expect(await decode(bytes)).toBe(document('日本', 'iso-2022-jp'));
  });

  it('believes the header before the prolog', async () => {
    const bytes = iconv.encode(document('Москва', 'iso-8859-1'), 'koi8-r');
    expect(await decode(bytes, 'text/xml; charset=KOI8-R')).toContain('Москва');
  });

  it('believes the prolog before a Latin-1 header, which servers send without looking', async () => {
    const bytes = iconv.encode(document('Београд', 'windows-1251'), 'windows-1251');
    expect(await decode(bytes, 'text/xml; charset=ISO-8859-1')).toContain('Београд');
  });

  it('takes valid UTF-8 for UTF-8, whatever single-byte label stands on it', async () => {
    const bytes = Buffer.from(document('Žalba', 'iso-8859-1'));
    expect(await decode(bytes, 'text/xml; charset=windows-1252')).toContain('Žalba');
  });

  it('does not believe a UTF-8 label on Latin-1', async () => {
    expect(await decode(iconv.encode(document('Café à Genève', 'utf-8'), 'latin1'))).toContain('Café à Genève');
  });

  it('reads long UTF-8 that is cut within a character', async () => {
    const bytes = Buffer.from(document('Чачак је град', 'utf-8'));
    const cut = bytes.subarray(0, bytes.indexOf('</t>') - 1);
    expect(await decode(cut)).toContain('Чачак је гра');
  });

  it.each(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('knows %s with and without a mark', async (label) => {
    const text = '<rss>Ж</rss>';
    expect(await decode(iconv.encode(text, label, { addBOM: true }))).toBe(text);
    expect(await decode(iconv.encode(text, label, { addBOM: false }))).toBe(text);
  });

  it('takes off marks, also two of them', async () => {
    expect(await decode(Buffer.from('\ufeff\ufeff<a/>'))).toBe('<a/>');
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
