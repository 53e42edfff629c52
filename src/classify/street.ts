import type { Find, Passage } from './mention.ts';
import { streetLinks, streetsAfter, streetsBefore } from './place-context.ts';

const serboCroatian = new Set(['hr', 'bs', 'sh']);

/**
 * Whether a name is that of a street, which says nothing of the place that it was named after: 'Berlin Road', 'Pariser Straße',
 * 'rue de Rome'. In a headline with capitals 'Berlin Street Festival' is no street: its name ends with the word.
 */
export function isStreet({ first, after, start, end }: Find, { text, words, context }: Passage): boolean {
  const lang = serboCroatian.has(context.lang) ? 'sr' : context.lang;
  const next = words[after];
  if (next?.capital && text.slice(end, next.start) === ' ' && streetsAfter.get(lang)?.has(next.key)) {
    const then = words[after + 1];
    return lang !== 'en' || !then?.capital || then.first || text.slice(next.end, then.start) !== ' ';
  }
  const starts = streetsBefore.get(lang);
  if (!starts) return false;
  let at = first - 1;
  if (streetLinks.has(words[at]?.key ?? '')) at--;
  const word = words[at];
  return word !== undefined && starts.has(word.key) && /^[^,;:!?]*$/.test(text.slice(word.end, start));
}
