import { bitOf } from '../../boilerplate/boilerplate.ts';
import { repeatedTitle } from '../../boilerplate/headline.ts';
import { type Chosen, type Range, wordsChosen } from './range.ts';

const titleBit = bitOf(repeatedTitle);
/** A shorter line may be the name of a section that the headline repeats. */
const leastTitle = 4;

/**
 * What stands above the page's own headline: mottos, notices, tickers, teasers. Of the lines there that a scorer wanted (0.2 and more), on
 * five sets with gold, no word is text. The headline must lead the text: more words stand below it. Where it stands above them too, they
 * may be the standfirst of a text that repeats it.
 */
export function aboveHeadline(state: Chosen): Range[] {
  const { view, page, anchor, chosen } = state;
  const titles = view.blocks.filter(
    ({ index, kind, words }) =>
      index < anchor &&
      ((page.findings.boilerplate[index] ?? 0) & titleBit) !== 0 &&
      (kind === 'heading' || words >= leastTitle),
  );
  const first = chosen.indexOf(1);
  const at = titles.at(-1)?.index ?? 0;
  if (first < 0 || at <= first || (titles[0]?.index ?? at) < first) return [];
  const above = { first: 0, end: at };
  const below = wordsChosen(state, { first: at, end: view.blocks.length });
  return wordsChosen(state, above) < below ? [above] : [];
}
