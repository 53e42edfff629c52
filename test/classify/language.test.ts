import { describe, expect, it } from 'vitest';
import { languageCode, loadLanguageDetector } from '../../src/classify/language.ts';

const detect = await loadLanguageDetector();

describe('detectLanguage', () => {
  it.each([
    ['en', 'The government said on Tuesday that it would raise the price of bread for the third time this year.'],
    ['de', 'Die Regierung will den Brotpreis in diesem Jahr zum dritten Mal anheben, sagte ein Sprecher am Dienstag.'],
    ['fr', 'Le gouvernement va relever le prix du pain pour la troisième fois cette année, a dit un porte-parole.'],
    ['ru', 'Правительство в третий раз за год повысит цену на хлеб, сообщил во вторник представитель ведомства.'],
    ['el', 'Η κυβέρνηση θα αυξήσει την τιμή του ψωμιού για τρίτη φορά φέτος.'],
    ['zh', '政府发言人周二表示，今年将第三次上调面包价格。'],
    ['ja', '政府は火曜日、パンの価格を今年3度目に引き上げると発表した。'],
    ['ko', '정부는 화요일 올해 들어 세 번째로 빵 가격을 인상할 것이라고 밝혔다.'],
    ['tr', 'Hükümet sözcüsü salı günü ekmek fiyatının bu yıl üçüncü kez artırılacağını söyledi.'],
  ])('reads %s', (lang, text) => {
    expect(detect('', text)).toBe(lang);
  });

  it.each([
    [
      'ha',
      'Gwamnatin kasar ta ce za ta kara farashin burodi a wannan shekara, kuma shugaban ya yi jawabi cewa ana bukatar karin kudi domin manoma.',
    ],
    [
      'ig',
      'Gọọmentị kwuru na ọnụ ahịa achịcha ga-arị elu ọzọ n’afọ a, mana ndị mmadụ ekweghị na nke ahụ dị mma maka ha.',
    ],
    [
      'so',
      'Dowladda ayaa sheegtay in qiimaha rootiga uu kordhayo sanadkan, balse dadka waxay sheegeen inay aad u adag tahay.',
    ],
    [
      'rn',
      'Reta yavuze ko igiciro c’umukate kizokwiyongera muri uyu mwaka, kandi abantu bavuga ko ivyo bintu bigoye cane.',
    ],
  ])('knows %s by its frequent words', (lang, text) => {
    expect(detect('', text)).toBe(lang);
  });

  it('does not go by frequent words in a headline or a list of names', () => {
    expect(detect('Kampala, Nairobi and Lagos: three cities that never sleep', '')).toBe('en');
  });

  it('tells Chinese with a few kana from Japanese with many characters', () => {
    expect(detect('中国外交部：中日关系须相向而行', '')).toBe('zh');
    expect(detect('日本銀行が金融政策決定会合を開催', '')).toBe('ja');
  });

  it('lets the source tell Serbian, Croatian and Bosnian apart', () => {
    const text = 'Vlada je danas donijela odluku o povećanju plaća i mirovina za sve građane.';
    expect(detect('', text, { country: 'HR' })).toBe('hr');
    expect(detect('', text, { country: 'BA' })).toBe('bs');
    expect(detect('', text, { source: 'sr-Latn' })).toBe('sr');
    expect(detect('', text, { page: 'hr-HR', country: 'BA' })).toBe('hr');
  });

  it('reads Serbian in both scripts', () => {
    expect(detect('', 'Председник владе је рекао да ће цена хлеба бити повећана следеће недеље.')).toBe('sr');
    expect(detect('', 'Predsednik vlade je rekao da će cena hleba biti povećana sledeće nedelje.')).toBe('sr');
  });

  it('takes the declared language where the text is too short to tell, and not against a clear text', () => {
    expect(detect('Ana Popova', '', { page: 'cs' })).toBe('cs');
    expect(detect('12:30', '', { source: 'pt-BR' })).toBe('pt');
    const german = 'Die Bundesregierung hat am Mittwoch einen Entwurf für das neue Gesetz vorgelegt, teilte sie mit.';
    expect(detect(german, german, { page: 'en' })).toBe('de');
  });

  it('says und of nothing', () => {
    expect(detect('', '')).toBe('und');
    expect(detect('— 12 / 7 —', '…')).toBe('und');
  });
});

describe('languageCode', () => {
  it('makes one code of many spellings', () => {
    expect(languageCode('sr-Latn-RS')).toBe('sr');
    expect(languageCode('nb_NO')).toBe('no');
    expect(languageCode('IW')).toBe('he');
    expect(languageCode('')).toBeUndefined();
    expect(languageCode('und')).toBeUndefined();
    expect(languageCode('<script>')).toBeUndefined();
  });
});
