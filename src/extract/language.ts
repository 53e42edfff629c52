import { fold } from '../text/words.ts';

/** Function words by language: the most frequent short words of running text. Used to tell a text from a list, and languages apart. */
const functionWords: Readonly<Record<string, string>> = {
  en: 'the of and to in a is that for it was on with as his he be by at are this from have has not but an they which you were their',
  de: 'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei',
  fr: 'de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ont son cette mais',
  es: 'de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha este fue son',
  pt: 'de a que o e do da em um para com não uma os no se na por mais as dos como mas ao foi das são à pelo ele',
  it: 'di e il la che in a per è un del della non sono le con i si da una dei al come anche nel più alla ha gli dal ma',
  nl: 'de van het een en in is dat op te zijn met voor niet die aan er ook als bij maar om uit door naar heeft hij was nog worden',
  sv: 'och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när år hade',
  da: 'og i at det er en til på som af for den med de ikke har der et var han sig men om vi kan jeg fra blev efter også',
  no: 'og i det er på til som en å av for at med de ikke har den et han var seg men om vi fra jeg kan ble etter også hun',
  fi: 'ja on ei se että oli hän ovat mutta kun myös joka mukaan sen niin kuin ole vuoden sekä jo tai nyt vain mitä',
  pl: 'i w na z się do nie że to o jest jak za od po przez ale dla są co być oraz jego czy tego tym które był ma',
  cs: 'a v se na je že to s z do o i ve jako za pro ale po by si k od jsou podle také které jeho nebo byl už při',
  sk: 'a v sa na je že to s z do o aj vo ako za pre ale po by si k od sú podľa ktoré jeho alebo bol už pri',
  hu: 'a az és hogy nem is egy ez volt meg csak de már vagy ha ki van mint még lesz szerint azt után kell el',
  ro: 'de și în a la cu că pe o nu un din pentru care este mai sunt fi prin au fost ce lui dar sau după iar',
  sl: 'in je v da na se so za pa ki z tudi ne po o bi kot ali še od pri je bilo bo so iz do med kot',
  hr: 'i je u na da se su za od koji kao što ne nije ali će bi iz s do o već te po koje kako je bio više samo',
  sq: 'e të në dhe një për me që nga është i u se ka si më do nuk ky kjo janë edhe por kanë',
  tr: 've bir bu da de için ile olarak çok olan daha gibi ne ama kadar sonra en var diye olduğu o ise',
  id: 'yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena ada bisa mereka saat oleh para telah',
  vi: 'và của là có các cho được trong với một không những người này đã khi đến ra về từ tại cũng nhiều như',
  et: 'ja on ei see et oli ka kui ta mis ning oma aga või siis välja nii ma veel kes',
  lv: 'un ir ka no ar uz par to bet arī kas pie lai tas nav kā gada pēc vai',
  lt: 'ir yra kad į iš su tai bet kaip už ne buvo apie prie dar jau po nuo per taip',
  ca: 'de la i el que a en els per un amb del les una no és al són més com va ha pel',
  ru: 'и в не на что с по он как это к но за из от для о так же все его было бы только или после при',
  uk: 'і в не на що з до та у за про як це від але для його був й є також після або які',
  bg: 'на и в да за се от е с не са по че като ще но до има при това бе след как',
  sr: 'и је у на да се су за од који као што не није али ће би из с до о већ те по које како',
  mk: 'и на во да се од за со е не што ги ќе како беше но по кои му оваа има',
  el: 'και το να του η της για με που την από ο τα στο των δεν είναι σε οι τον στην θα τις',
  ar: 'في من على إلى أن عن التي الذي هذا مع كان هذه قال ما لا بعد كما ذلك أو و قد بين',
  fa: 'و در به از که این را با است برای آن یک هم خود بر تا شد کرد می',
  he: 'של את על לא הוא זה עם כי גם היא אל אבל כל היה יש או אם',
  hi: 'के में है की से को और का ने पर कि यह भी एक इस हैं नहीं कर',
  ur: 'کے میں کی ہے سے کو اور کا نے پر کہ یہ بھی ایک اس ہیں نہیں',
  bn: 'এবং করে এই থেকে জন্য তার না হয় বলে একটি করা সঙ্গে এ',
};

const languagesOf = new Map<string, readonly string[]>();
for (const [language, words] of Object.entries(functionWords))
  for (const word of words.split(' ')) languagesOf.set(word, [...(languagesOf.get(word) ?? []), language]);

/** As folded text holds them: Hindi and Bengali write their vowels as marks, which folding takes away. */
const foldedWords = new Set(languagesOf.keys().map(fold));
const longestWord = Math.max(...foldedWords.keys().map((word) => word.length));

/** Share of a folded text's words that are function words of any language, 0…1. Running text lies above 0.25, lists of names and headlines below. */
export function functionWordShare(lowered: string): number {
  let words = 0;
  let hits = 0;
  for (let start = 0; start <= lowered.length; words++) {
    const space = lowered.indexOf(' ', start);
    const end = space === -1 ? lowered.length : space;
    // Most words are too long to be asked for, or cut out.
    if (end - start <= longestWord && foldedWords.has(lowered.slice(start, end))) hits++;
    start = end + 1;
  }
  return hits / words;
}

const scripts: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\u3040-\u30ff]/g],
  ['ko', /[\uac00-\ud7a3]/g],
  ['zh', /[\u3400-\u9fff]/g],
  ['th', /[\u0e00-\u0e7f]/g],
  ['ka', /[\u10a0-\u10ff]/g],
  ['hy', /[\u0530-\u058f]/g],
  ['ta', /[\u0b80-\u0bff]/g],
  ['te', /[\u0c00-\u0c7f]/g],
  ['ml', /[\u0d00-\u0d7f]/g],
  ['gu', /[\u0a80-\u0aff]/g],
  ['kn', /[\u0c80-\u0cff]/g],
  ['km', /[\u1780-\u17ff]/g],
  ['my', /[\u1000-\u109f]/g],
  ['am', /[\u1200-\u137f]/g],
];

/** Scripts of several languages, with the one that most of the news in them is written in: for texts too short to tell by their words. */
const scriptsOfSeveral: readonly (readonly [string, RegExp])[] = [
  ['ar', /[\u0621-\u064a]/g],
  ['he', /[\u05d0-\u05ea]/g],
  ['el', /[\u0370-\u03ff]/g],
  ['hi', /[\u0900-\u097f]/g],
  ['bn', /[\u0980-\u09ff]/g],
];

const ofOneLanguage = new RegExp(scripts.map(([, { source }]) => source).join('|'));

/** Kinds of the characters of the basic plane, found out when they are first met: a pattern would be asked for each of a text. */
const kinds = new Uint8Array(65_536);
const other = 1;
const mark = 2;
const letter = 3;
const kindOf = (character: string): number =>
  /^\p{L}/u.test(character) ? letter : /^\p{M}/u.test(character) ? mark : other;

function kindAt(text: string, at: number): number {
  const code = text.codePointAt(at) ?? 0;
  const known = kinds[code];
  if (known) return known;
  const kind = kindOf(String.fromCodePoint(code));
  // What lies beyond the plane is not kept.
  kinds[code] = kind;
  return kind;
}

/** The runs of letters and marks of a text, and the number of its letters (UTF-16 units). */
function wordsIn(text: string): { readonly letters: number; readonly words: readonly string[] } {
  const words: string[] = [];
  let letters = 0;
  let start = 0;
  for (let at = 0; at < text.length; ) {
    const kind = kindAt(text, at);
    const length = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    if (kind === letter) letters += length;
    if (kind === other) {
      if (at > start) words.push(text.slice(start, at));
      start = at + length;
    }
    at += length;
  }
  if (start < text.length) words.push(text.slice(start));
  return { letters, words };
}

/** The language that a text is written in (ISO 639-1) and how sure that is, 0…1; undefined when too short to say. */
export function guessLanguage(text: string): { language: string; confidence: number } | undefined {
  const sample = text.slice(0, 4_000).toLowerCase();
  const { letters, words } = wordsIn(sample);
  if (letters < 20) return undefined;
  if (ofOneLanguage.test(sample))
    for (const [language, pattern] of scripts) {
      const share = (sample.match(pattern)?.length ?? 0) / letters;
      if (share > (language === 'ja' ? 0.08 : 0.3)) return { language, confidence: 0.95 };
    }
  const counts = new Map<string, number>();
  for (const word of words)
    for (const language of languagesOf.get(word) ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!first || first[1] < 5 || first[1] / words.length < 0.1) {
    const script = scriptsOfSeveral.find(([, pattern]) => (sample.match(pattern)?.length ?? 0) > letters * 0.5);
    return script && { language: script[0], confidence: 0.4 };
  }
  return { language: first[0], confidence: Math.min(1, (first[1] - (second?.[1] ?? 0)) / first[1] + 0.2) };
}

/** Share of the first words of a text that are function words of one language (ISO 639-1), 0…1; 0 when there are fewer than forty words. */
export function wordShare(text: string, language: string): number {
  let words = 0;
  let hits = 0;
  for (const word of text.slice(0, 1_200).toLowerCase().split(' ')) {
    words++;
    if (languagesOf.get(word)?.includes(language)) hits++;
  }
  return words < 40 ? 0 : hits / words;
}

/**
 * Is the text for sure in the language that a page declares? A cheap look at the beginning: a quarter of the words are that language's
 * function words, which texts of other languages than its neighbours never reach (a tenth at most).
 */
export const isWrittenIn = (text: string, language: string): boolean => wordShare(text, language) >= 0.25;

/** A declared language as BCP 47 with a lower-case primary subtag; undefined when it is no language. */
export function normalizeLanguage(declared: string | undefined): string | undefined {
  const tag = declared
    ?.trim()
    .replace(/_/g, '-')
    .split(/[,;\s]/)[0];
  if (!tag || !/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag)) return undefined;
  try {
    const canonical = Intl.getCanonicalLocales(tag)[0];
    // Bokmål is what Norwegian is mostly written in: one language for readers, as in Unicode's CLDR from version 39 on.
    return canonical === 'und' ? undefined : canonical?.replace(/^nb(?=-|$)/, 'no');
  } catch {
    return undefined;
  }
}
