import { linkShare, type View } from '../features/view.ts';
import type { Block } from '../parse/block.ts';
import { advert, commentForm, consent, mediaControl, newsletter, share, wall } from './calls.ts';
import { agencySignature, authorNote, bio, caption, copyright, creditLine, disclaimer, tagList } from './credits.ts';
import { captioned, embedLabel, foreignBox, relatedLink, thread } from './foreign.ts';
import { breadcrumb, bylineLine, closingName, dateLine, openingName, repeatedLine, repeatedTitle } from './headline.ts';
import { contents, headlineList, leadIn, plainHeadlines, relatedBlock } from './related.ts';
import type { Bounds, Rule, Span } from './rule.ts';

/** All boilerplate rules; a block's findings are bits in this order. */
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
  consent,
  foreignBox,
  thread,
  embedLabel,
  authorNote,
  captioned,
  relatedLink,
  contents,
  openingName,
];

// The bits of a number are 32; one rule more would read as the first.
if (rules.length > 32) throw new Error(`${rules.length} boilerplate rules do not fit into 32 bits: merge two of them`);

const lineRules = rules.flatMap((rule, bit) => ('test' in rule ? [{ test: rule.test, bit: 1 << bit }] : []));
const pageRules = rules.flatMap((rule, bit) => ('find' in rule ? [{ rule, bit: 1 << bit }] : []));

/** Which rules fire on each block, as bits. */
export function findBoilerplate(view: View, bounds: Bounds): Int32Array {
  const found = new Int32Array(view.blocks.length);
  const { first, end, lines, text } = bounds;
  for (const { rule, bit } of pageRules)
    rule.find(view, bounds, (index) => {
      found[index] = (found[index] ?? 0) | bit;
    });
  // Line by line, so that what a line begins with is looked up once for all rules (`vocabulary.ts`).
  for (let index = lines.first; index < lines.end; index++) {
    let bits = found[index] as number;
    const isNear = index >= first - nearText && index < end + nearText;
    if (!isNear && isListed(view, bits, text, index)) continue;
    for (const { test, bit } of lineRules) if (test(view, index, first, end)) bits |= bit;
    found[index] = bits;
  }
  return found;
}

/** So near the text a linked line may name the author or the date besides. */
const nearText = 12;

/**
 * One of a run of linked headlines beside the element that is named as the text: with that all is said of two fifths of the lines, and no
 * scorer looks at them. Of 16,000 such lines on the development pages none was kept.
 */
export const isListed = ({ blocks }: View, bits: number, text: Span | undefined, index: number): boolean =>
  (bits & listBit) !== 0 &&
  linkShare(blocks[index] as Block) >= 0.75 &&
  (text === undefined || index < text.first || index >= text.end);

/** The rules that fired, by name and reason. */
export const namesOf = (bits: number): readonly Rule[] => rules.filter((_, bit) => bits & (1 << bit));

/** The bit of a rule in a block's findings. */
export const bitOf = (rule: Rule): number => 1 << rules.indexOf(rule);
const listBit = bitOf(headlineList);
const nameBits = bitOf(bylineLine) | bitOf(closingName);
const bioBit = bitOf(bio);

/** What the rules took from around the text and that names the author: byline lines, a closing name, the name that an author box begins with. */
export function bylinesIn(blocks: readonly Block[], boilerplate: Int32Array, first: number, end: number): string[] {
  const lines: string[] = [];
  for (let i = Math.max(0, first - 12); i < Math.min(blocks.length, end + 4); i++) {
    const text = blocks[i]?.text ?? '';
    if ((boilerplate[i] ?? 0) & nameBits) lines.push(text);
    else if ((boilerplate[i] ?? 0) & bioBit) {
      const name =
        /^(\p{Lu}[\p{L}.'’-]*(?: (?:(?:van|von|de|del|della|di|al|bin) )?\p{Lu}[\p{L}.'’-]*){1,3})(?::| (?:is|was|ist|est|es|è|é|jest|je|är|er|on) )/u.exec(
          text,
        )?.[1];
      if (name) lines.push(name);
    }
  }
  return lines.slice(0, 3);
}
