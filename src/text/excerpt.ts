/** Longer than standfirsts are; some pages give their whole text for a summary, which is not ours to pass on. */
const longestSummary = 600;

/** The page's own summary, or the beginning of its text; empty where there is neither. */
export const standfirst = (summary: string | null, opening: string): string =>
  summary === null ? excerpt(opening) : excerpt(summary, longestSummary);

/**
 * The beginning of a text, whole sentences where they fit: what stands for a summary that the page does not give.
 * @param text plain, a block a line
 * @param longest in characters
 */
export function excerpt(text: string, longest = 280): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= longest) return plain;
  const cut = plain.slice(0, longest + 1);
  const sentence = cut.search(/[.!?。！？।؟…]["”’»)]*\s[^.!?。！？।؟]*$/u);
  if (sentence > longest / 3)
    return cut.slice(0, sentence + 1) + (/^["”’»)]+/u.exec(cut.slice(sentence + 1))?.[0] ?? '');
  const word = cut.lastIndexOf(' ');
  return `${cut
    .slice(0, word > longest / 2 ? word : longest)
    .toWellFormed()
    .replace(/[\s,;:–—-]+$/u, '')} …`;
}
