/** Languages in which names of countries are known: those of most of the news. */
const languages = [
  ...[
    'en',
    'es',
    'it',
    'nl',
    'fr',
    'de',
    'pt',
    'pl',
    'cs',
    'sk',
    'ro',
    'hu',
    'tr',
    'sv',
    'da',
    'nb',
    'fi',
    'ru',
    'uk',
    'sr',
  ],
  ...['sr-Latn', 'hr', 'bs', 'sl', 'bg', 'mk', 'sq', 'el', 'vi', 'id', 'ar', 'fa'],
];
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Names of one or two words, lower case: first word → rest of the name (empty where there is none) → ISO 3166-1 code. */
let names: ReadonlyMap<string, ReadonlyMap<string, string>> | undefined;

/**
 * The country that stands at a place of a text, in whatever language it is written (names of CLDR, as Node brings them; only those of
 * one or two words, in the form of dictionaries).
 * @param word lower case, NFKC
 * @param next the word after it
 */
export function countryAt(word: string, next: string | undefined): string | undefined {
  names ??= readNames();
  const known = names.get(word);
  return known && ((next === undefined ? undefined : known.get(next)) ?? known.get(''));
}

/** Whether names of countries begin with a word. */
export function beginsCountry(word: string): boolean {
  names ??= readNames();
  return names.has(word);
}

function readNames(): Map<string, Map<string, string>> {
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => english.of(code) !== undefined);
  const found = new Map<string, Map<string, string>>();
  for (const language of languages) {
    const inLanguage = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const code of codes) {
      const [first = '', second = '', ...more] = inLanguage.of(code)?.normalize('NFKC').toLowerCase().split(' ') ?? [];
      if (first === '' || more.length > 0) continue;
      const known = found.get(first) ?? new Map<string, string>();
      // What a name means in the languages above stays, whatever it means in another.
      if (!known.has(second)) known.set(second, code);
      found.set(first, known);
    }
  }
  return found;
}
