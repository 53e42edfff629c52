import { linkShare } from '../features/view.ts';
import { typesOf } from '../metadata/json-ld.ts';
import type { Block, Box } from '../parse/block.ts';
import type { OpenPage } from '../parse/open.ts';
import { isTeased } from './verdict-features.ts';

/** So many teasers make a list, when they are so much of what was taken for the text. */
const leastTeasers = 3;
const shareTeased = 0.6;
/** A list may be written as so many `<article>`s, none of which holds more than this share of the words. */
const leastArticles = 6;
const largestArticle = 0.35;
/** The name of a section has fewer words than a headline. */
const titleWords = 5;

/** A teaser may be cut off, or end in a date. */
const isProse = (block: Block): boolean => block.words >= 8 && block.kind !== 'heading' && linkShare(block) < 0.5;

/**
 * Is what was taken for the text a list of teasers: paragraphs under linked headlines of other pages, or many short `<article>`s? Each of them
 * reads like an article's first paragraph, is dated, and may be signed.
 */
export function isListOfTeasers(page: OpenPage, kept: readonly Block[]): boolean {
  if (page.things.some((thing) => typesOf(thing).includes('LiveBlogPosting'))) return false;
  const paragraphs = kept.filter(isProse);
  const [first] = paragraphs;
  if (first && isUnderTitle(page, first.index, titleWords)) return false;
  const isTeaser = (block: Block): boolean =>
    page.blocks[block.index] === block && isTeased(page.blocks, block.index) && !isUnderTitle(page, block.index);
  const taken = paragraphs.filter(isTeaser).length;
  const teasers = page.blocks.filter((block) => isProse(block) && isTeaser(block)).length;
  if (taken > 0 && taken >= paragraphs.length * shareTeased && teasers >= leastTeasers) return true;
  const words = new Map<Box, number>();
  let all = 0;
  for (const block of paragraphs) {
    all += block.words;
    const own = articleOf(block);
    if (own) words.set(own, (words.get(own) ?? 0) + block.words);
  }
  const within = words.values().reduce((sum, each) => sum + each, 0);
  return (
    words.size >= leastArticles && within >= all * shareTeased && Math.max(...words.values()) <= all * largestArticle
  );
}

/** Old pages link their own headline; what stands under it is the article. */
function isUnderTitle({ view }: OpenPage, index: number, least = 2): boolean {
  const above = view.folded.slice(Math.max(0, index - 3), index);
  return above.some(
    (line) =>
      line.length > 8 &&
      line.split(' ').length >= least &&
      view.titles.some((title) => title === line || title.startsWith(line)),
  );
}

function articleOf({ box: own }: Block): Box | undefined {
  let box: Box | undefined = own;
  while (box && box.name !== 'article') box = box.parent;
  return box;
}
