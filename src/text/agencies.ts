import list from './data/agencies.json' with { type: 'json' };

const anyOf = (names: readonly string[]): string =>
  [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');

const named = new RegExp(`(?<!\\p{L})(?:${anyOf(list.names)})(?!\\p{L})`, 'u');
const sign = new RegExp(`^(?:${anyOf(list.signs)})(?:[-/]\\p{L}+)?$`, 'iu');
const dateline = new RegExp(`^[^\\n]{0,80}?\\(((?:${anyOf(list.signs)})(?!\\p{L})[^)\\n]{0,20})\\)`, 'u');

/** The first news agency that a text names. */
export const agencyIn = (text: string): string | undefined => named.exec(text)?.[0];

/** Is this the sign of an agency and nothing else, as it stands beside names: 'dpa', 'AP', 'APA/dpa'? */
export const isAgencySign = (text: string): boolean => sign.test(text);

/** The agency in brackets behind the place in which an article begins: 'BRENKOVAL (Reuters) –'. */
export function agencyInDateline(text: string): string | undefined {
  const found = dateline.exec(text)?.[1];
  return found === undefined ? undefined : (agencyIn(found) ?? found);
}
