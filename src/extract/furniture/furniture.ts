import type { View } from '../view.ts';
import { advert, commentForm, mediaControl, newsletter, share, wall } from './calls.ts';
import { agencySignature, bio, caption, copyright, creditLine, disclaimer, tagList } from './credits.ts';
import { breadcrumb, bylineLine, closingName, dateLine, repeatedLine, repeatedTitle } from './headline.ts';
import { headlineList, leadIn, plainHeadlines, relatedBlock } from './related.ts';
import type { Rule } from './rule.ts';

/** All furniture rules; a block's findings are bits in this order. */
export const rules: readonly Rule[] = [
  repeatedTitle,
  repeatedLine,
  bylineLine,
  closingName,
  dateLine,
  breadcrumb,
  headlineList,
  plainHeadlines,
  leadIn,
  relatedBlock,
  advert,
  newsletter,
  share,
  commentForm,
  wall,
  mediaControl,
  caption,
  creditLine,
  copyright,
  agencySignature,
  tagList,
  bio,
  disclaimer,
];

/** Which rules fire on each block, as bits. `first` and `end` bound the body of text as the scorers see it. */
export function findFurniture(view: View, first: number, end: number): Int32Array {
  const found = new Int32Array(view.blocks.length);
  for (const [bit, rule] of rules.entries())
    rule.find(view, first, end, (index) => {
      found[index] = (found[index] ?? 0) | (1 << bit);
    });
  return found;
}

/** The rules that fired, by name and reason. */
export const namesOf = (bits: number): readonly Rule[] => rules.filter((_, bit) => bits & (1 << bit));
