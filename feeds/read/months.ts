/** Languages whose month names are read; English wins where one word means different months in different languages. */
const languages =
  'en sr sr-Latn hr bs sl mk bg sq ro el tr hu cs sk pl uk ru be lt lv et fi sv nb da is de nl fr it es pt ca eu gl ga cy mt id ms vi tl sw af az kk uz ka hy he ar fa hi bn ta ur th';

let names: ReadonlyMap<string, number> | undefined;

/** The month (1…12) that a word names, in full, abbreviated or inflected. `word` is in lower case, without a full stop. */
export function monthOf(word: string): number | undefined {
  names ??= monthNames();
  return names.get(word);
}

/** From CLDR through Intl, so no table of names has to be kept here. */
function monthNames(): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const ambiguous = new Set<string>();
  const english = new Set<string>();
  for (const language of languages.split(' ')) {
    const formats = (['long', 'short'] as const).flatMap((month) => [
      new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { month, timeZone: 'UTC' }),
      // With a day the month stands in the genitive in many languages.
      new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { month, day: 'numeric', timeZone: 'UTC' }),
    ]);
    for (const format of formats)
      for (let month = 1; month <= 12; month += 1) {
        const part = format.formatToParts(Date.UTC(2001, month - 1, 2)).find(({ type }) => type === 'month');
        const name = part?.value
          .normalize('NFC')
          .toLowerCase()
          .replace(/[.’']+$/, '');
        if (name === undefined || !/^\p{L}[\p{L}\p{M}']+$/u.test(name)) continue;
        const known = found.get(name);
        if (known === undefined) found.set(name, month);
        else if (known !== month && !english.has(name)) ambiguous.add(name);
      }
    if (language === 'en') for (const name of found.keys()) english.add(name);
  }
  for (const name of ambiguous) found.delete(name);
  found.set('sept', 9);
  return found;
}
