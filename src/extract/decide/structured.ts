import { fold } from '../../text/words.ts';

/** How many words make the runs that are looked up. */
const run = 3;

/**
 * Fourth scorer: how much of a line stands in the text that the page's structured data gives. That text is often cut off or glued with
 * captions, so it is an anchor and not the answer.
 */
export function coverageBy(articleBody: string): (folded: string) => number {
  const runs = new Set<string>();
  const words = fold(articleBody.slice(0, 200_000).replace(/<[^>]{0,300}>/g, ' ')).split(' ');
  for (let i = 0; i + run <= words.length; i++) runs.add(`${words[i]} ${words[i + 1]} ${words[i + 2]}`);
  const short = new Set(words);
  return (folded) => {
    const line = folded.split(' ');
    if (line.length < run) return line.every((word) => short.has(word)) ? 0.5 : 0;
    let hits = 0;
    for (let i = 0; i + run <= line.length; i++) if (runs.has(`${line[i]} ${line[i + 1]} ${line[i + 2]}`)) hits++;
    return hits / (line.length - run + 1);
  };
}
