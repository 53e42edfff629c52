import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../src/text/charset.ts';

const page = (body: string, head = '') => `<html><head>${head}<title>t</title></head><body>${body}</body></html>`;
const serbian = 'Влада Републике Србије усвојила је данас предлог буџета за наредну годину. '.repeat(4);
const polish = 'Rząd przyjął dziś projekt budżetu na przyszły rok, a posłowie zajmą się nim w środę. '.repeat(4);
const french = 'Le gouvernement a présenté l’été dernier un projet très attendu, dit-on à Orléans. '.repeat(4);
const thai = 'สภาเมืองมีมติเมื่อค่ำวันอังคารหลังอภิปรายสามชั่วโมงให้เรือข้ามฟากวิ่งตลอดฤดูหนาวตามคำเรียกร้องของชาวบ้าน';
const korean =
  '시의회는 화요일 저녁 세 시간의 토론 끝에 나룻배를 겨울 내내 운항하기로 결정했다. 배는 어시장과 북쪽 부두를 잇는다.';
const japanese = '政府は本日、来年度の予算案を閣議決定した。国会での審議は水曜日に始まる。'.repeat(4);
const chinese = '政府今天通过了明年的预算草案,议会将于星期三开始审议。'.repeat(4);

describe('decodeBytes', () => {
  it('believes a byte order mark before all else', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(serbian, 'utf16le')]);
    expect(decodeBytes(utf16, 'text/html; charset=utf-8')).toBe(serbian);
    expect(decodeBytes(Buffer.from(`\uFEFF${serbian}`), 'text/html; charset=windows-1251')).toBe(serbian);
  });

  it('reads UTF-8 whatever the labels say', () => {
    const bytes = Buffer.from(page(serbian, '<meta charset="windows-1251">'));
    expect(decodeBytes(bytes, 'text/html; charset=iso-8859-1')).toContain(serbian);
    expect(decodeBytes(bytes)).toContain(serbian);
  });

  it('reads UTF-8 with a few broken bytes as UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(page(serbian)), Buffer.from([0xd0, 0xff])]);
    expect(decodeBytes(bytes, 'text/html')).toContain(serbian);
    expect(decodeBytes(Buffer.from(serbian).subarray(0, 101))).toContain('Републике');
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
    expect(decodeBytes(iconv.encode(page(text, head), encoding), header)).toContain(text);
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
    ['windows-874', thai],
    ['euc-kr', korean],
  ])('guesses %s where nothing or a wrong label is given', (encoding, text) => {
    const bytes = iconv.encode(page(text), encoding);
    expect(decodeBytes(bytes)).toContain(text);
    expect(decodeBytes(bytes, 'text/html; charset=utf-8')).toContain(text);
  });

  it('never fails, and gives back every text in UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string(), (bytes, label) => {
        expect(typeof decodeBytes(bytes, `text/html; charset=${label}`)).toBe('string');
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(!/[\uFEFF\uFFFD]/.test(text));
        expect(decodeBytes(Buffer.from(text))).toBe(text);
      }),
    );
  });

  const document = (text: string, label: string) => `<?xml version="1.0" encoding="${label}"?><t>${text}</t>`;

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
    ['ISO_8859_2', 'Žluťoučký kůň'],
    ['cp437', 'café'],
    ['x-sjis', '首相が訪問'],
    ['win-1250', 'Předseda'],
  ])('believes an XML declaration: %s', (label, text) => {
    const encoding = label === 'x-sjis' ? 'shift_jis' : label;
    expect(decodeBytes(iconv.encode(document(text, label), encoding))).toBe(document(text, label));
  });

  it('believes a label of an encoding whose text is all ASCII bytes', () => {
    // JIS X 0208 between the escapes ESC $ B and ESC ( B.
    const bytes = Buffer.from(document('\u001b$BF|K\\\u001b(B', 'iso-2022-jp'), 'latin1');
    expect(decodeBytes(bytes)).toBe(document('日本', 'iso-2022-jp'));
  });

  it.each(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('knows %s with and without a mark', (label) => {
    for (const text of ['<rss>Ж</rss>', '\n<?xml version="1.0"?>\n<rss>Београд, Москва, 東京</rss>'])
      for (const addBOM of [true, false]) expect(decodeBytes(iconv.encode(text, label, { addBOM }))).toBe(text);
  });

  it('takes off marks, also two of them', () => {
    expect(decodeBytes(Buffer.from('\ufeff\ufeff<a/>'))).toBe('<a/>');
  });

  it.each(['utf-16', 'utf-32', 'hex', 'base64', 'gb2312', 'ebcdic-cp-us', 'x-no-such'])(
    'does not believe the label %s on plain UTF-8',
    (label) => {
      const text = document('Београд и Novi Sad, 東京と大阪', label);
      expect(decodeBytes(Buffer.from(text), `text/xml; charset=${label}`)).toBe(text);
      expect(decodeBytes(Buffer.from(document('plain', label)))).toBe(document('plain', label));
    },
  );

  it('takes a short text for what its label says where it could be UTF-8 by chance', () => {
    const bytes = Buffer.concat([Buffer.from('<t>'), Buffer.from([0xc4, 0xa3]), Buffer.from('</t>')]);
    expect(decodeBytes(bytes, 'text/html; charset=gbk')).toBe(`<t>${iconv.decode(bytes.subarray(3, 5), 'gbk')}</t>`);
    expect(decodeBytes(bytes)).toBe('<t>ģ</t>');
  });

  it('keeps to its label where a few bytes are broken, or the end is cut within a character', () => {
    const bytes = iconv.encode(document(japanese, 'shift_jis'), 'shift_jis');
    const broken = Buffer.concat([bytes.subarray(0, 60), Buffer.from([0xff, 0xfd]), bytes.subarray(60)]);
    expect(decodeBytes(broken).slice(-100)).toBe(document(japanese, 'shift_jis').slice(-100));
    expect(decodeBytes(bytes.subarray(0, -5))).toContain(japanese.slice(0, -2));
  });
});
