import { isParagraph, linkShare } from '../../features/view.ts';
import type { Block } from '../../parse/block.ts';
import type { OpenPage } from '../../parse/open.ts';
import { aboveHeadline } from './above-headline.ts';
import { notices, pleas } from './asking.ts';
import { authorBoxes } from './author-box.ts';
import { forms, polls } from './forms.ts';
import { galleries } from './gallery.ts';
import { nextArticles, siblingArticles } from './next-article.ts';
import { boxAround, type Chosen, type Range } from './range.ts';
import { readersThreads } from './readers.ts';
import { joinedTeasers, teaserLists } from './teasers.ts';

/** A paragraph with this score is surely of a text. */
const sure = 0.8;
/** One with this score is, when it stands under the headline. */
const likely = 0.5;
/** How many lines under the headline may stand before the text. */
const linesOfHead = 12;

/**
 * Where this article ends: the lines of other articles, of galleries, teasers and readers that the scorers take for text, since each of
 * them reads like it. None is taken that would leave no text.
 */
export function othersIn(page: OpenPage, chosen: Uint8Array, scores: Float32Array): Range[] {
  const { view, blocks } = page;
  const isSure = (block: Block | undefined, score = sure): boolean =>
    block !== undefined && chosen[block.index] === 1 && (scores[block.index] ?? 0) > score && isParagraph(block);
  const isTitle = (line: string): boolean =>
    view.titles.some((title) => title === line || (line.length > 15 && title.includes(line)));
  const title = blocks.findIndex(
    (block, index) =>
      isTitle(view.folded[index] ?? '') &&
      linkShare(block) < 0.5 &&
      blocks.slice(index + 1, index + linesOfHead).some((each) => isSure(each, likely)),
  );
  const first = blocks.findIndex((block) => isSure(block));
  // What stands above the headline may be a list of other articles.
  const below = title < 0 ? -1 : blocks.findIndex((block, index) => index > title && isSure(block, likely));
  const anchor = below >= 0 ? below : first;
  if (anchor === -1 || first === -1) return [];
  const own = below >= 0 ? boxAround(view, { first: title, end: anchor + 1 }) : undefined;
  const state: Chosen = { page, view, chosen: chosen.slice(), scores, anchor, own };
  const found: Range[] = [];
  // What asks for something and who wrote it first: below the last box of all they would pass for text. Another box may have hidden the writer's.
  for (const find of [
    pleas,
    notices,
    authorBoxes,
    siblingArticles,
    nextArticles,
    teaserLists,
    joinedTeasers,
    galleries,
    readersThreads,
    forms,
    polls,
    authorBoxes,
    aboveHeadline,
  ])
    for (const range of find(state)) {
      found.push(range);
      state.chosen.fill(0, range.first, range.end);
    }
  return found;
}
