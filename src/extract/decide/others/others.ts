import { isParagraph } from '../../features/view.ts';
import type { OpenPage } from '../../parse/open.ts';
import { galleries } from './gallery.ts';
import { nextArticles } from './next-article.ts';
import type { Chosen, Range } from './range.ts';
import { readersThreads } from './readers.ts';
import { teaserLists } from './teasers.ts';

/** A paragraph with this score is surely of a text. */
const sure = 0.8;

/**
 * Where this article ends: the lines of other articles, of galleries, teasers and readers that the scorers take for text, since each of
 * them reads like it. None is taken that would leave no text.
 */
export function othersIn(page: OpenPage, chosen: Uint8Array, scores: Float32Array): Range[] {
  const { view, blocks } = page;
  const anchor = blocks.findIndex(
    (block, index) => chosen[index] === 1 && (scores[index] ?? 0) > sure && isParagraph(block),
  );
  if (anchor === -1) return [];
  const state: Chosen = { page, view, chosen: chosen.slice(), scores, anchor };
  const found: Range[] = [];
  for (const find of [nextArticles, teaserLists, galleries, readersThreads])
    for (const range of find(state)) {
      found.push(range);
      state.chosen.fill(0, range.first, range.end);
    }
  return found;
}
