import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decode, detectEncoding } from '../../../src/crawl/fetch/decode.ts';

const page = (body: string, head = '') => `<html><head>${head}<title>t</title></head><body>${body}</body></html>`;
const serbian = 'Влада Републике Србије усвојила је данас предлог буџета за наредну годину. '.repeat(4);
const polish = 'Rząd przyjął dziś projekt budżetu na przyszły rok, a posłowie zajmą się nim w środę. '.repeat(4);
const french = 'Le gouvernement a présenté l’été dernier un projet très attendu, dit-on à Orléans. '.repeat(4);
const japanese = '政府は本日、来年度の予算案を閣議決定した。国会での審議は水曜日に始まる。'.repeat(4);
const chinese = '政府今天通过了明年的预算草案,议会将于星期三开始审议。'.repeat(4);

describe('decode', () => {
  it('believes a byte order mark before all else', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(serbian, 'utf16le')]);
    expect(decode(utf16, 'text/html; charset=utf-8')).toBe(serbian);
    expect(decode(Buffer.from(`\uFEFF${serbian}`), 'text/html; charset=windows-1251')).toBe(serbian);
  });

  it('reads UTF-8 whatever the labels say', () => {
    const bytes = Buffer.from(page(serbian, '<meta charset="windows-1251">'));
    expect(decode(bytes, 'text/html; charset=iso-8859-1')).toContain(serbian);
    expect(decode(bytes)).toContain(serbian);
  });

  it('reads UTF-8 with a few broken bytes as UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(page(serbian)), Buffer.from([0xd0, 0xff])]);
    expect(decode(bytes, 'text/html')).toContain(serbian);
    expect(decode(Buffer.from(serbian).subarray(0, 101))).toContain('Републике');
  });

  it.each([
    ['header', 'windows-1251', serbian, 'text/html; charset=windows-1251', ''],
    ['quoted header', 'windows-1250', polish, 'text/html; charset="Windows-1250"', ''],
    ['meta charset', 'iso-8859-2', polish, 'text/html', '<meta charset=iso-8859-2>'],
    [
      'meta http-equiv',
      'shift_jis',
      japanese,
      undefined,
      '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">',
    ],
    ['cp-1251, a name nobody registered', 'windows-1251', serbian, 'text/html; charset=cp-1251', ''],
    [
      'meta, against a server that says Latin-1 to all',
      'windows-1251',
      serbian,
      'text/html; charset=ISO-8859-1',
      '<meta charset="windows-1251">',
    ],
  ])('follows the label: %s', (_, encoding, text, header, head) => {
    expect(decode(iconv.encode(page(text, head), encoding), header)).toContain(text);
  });

  it.each([
    ['windows-1251', serbian],
    [
      'koi8-r',
      'Правительство сегодня приняло проект бюджета на будущий год, депутаты рассмотрят его в среду. '.repeat(4),
    ],
    ['windows-1252', french],
    ['shift_jis', japanese],
    ['euc-jp', japanese],
    ['gb18030', chinese],
  ])('guesses %s where nothing or a wrong label is given', (encoding, text) => {
    const bytes = iconv.encode(page(text), encoding);
    expect(decode(bytes)).toContain(text);
    expect(decode(bytes, 'text/html; charset=utf-8')).toContain(text);
  });

  it('never fails, and gives back every text in UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string(), (bytes, label) => {
        expect(typeof decode(bytes, `text/html; charset=${label}`)).toBe('string');
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(!/[\uFEFF\uFFFD]/.test(text));
        expect(decode(Buffer.from(text))).toBe(text);
      }),
    );
  });

  it('takes ASCII for what the label says', () => {
    expect(detectEncoding(Buffer.from('plain'), 'text/html; charset=iso-2022-jp')).toBe('iso-2022-jp');
    expect(detectEncoding(Buffer.from('plain'), 'text/html; charset=nonsense')).toBe('utf-8');
  });
});
