import type { Find, Passage } from './mention.ts';
import { languageAfter, languageBefore } from './place-context.ts';

const joins = new Set(['and', 'or', 'und', 'oder', 'en', 'of']);
const endsPhrase = /^\s*(?:$|[.,;:!?)\]"”»…–—])/;

/** Whether a people's name is that of a language: 'he spoke in Spanish.', 'learning French and German', but not 'in Spanish waters'. */
export function isLanguage({ first, after, end, readings }: Find, { text, words, context }: Passage): boolean {
  if (after > first + 1 || !readings.every(({ kind }) => kind === 'adjective')) return false;
  const before = languageBefore.get(context.lang);
  if (!before || words[first]?.first) return false;
  // 'in Spanish and French'
  const at = joins.has(words[first - 1]?.key ?? '') && words[first - 2]?.capital ? first - 3 : first - 1;
  if (!before.has(words[at]?.key ?? '')) return false;
  if (endsPhrase.test(text.slice(end, end + 4))) return true;
  return languageAfter.get(context.lang)?.has(words[after]?.key ?? '') ?? false;
}
