import { bitOf, rules } from '../boilerplate/boilerplate.ts';
import { caption } from '../boilerplate/credits.ts';
import { captioned, thread } from '../boilerplate/foreign.ts';
import { plainHeadlines } from '../boilerplate/related.ts';
import { endsSentence, isForeign, isParagraph, linkShare } from '../features/view.ts';
import type { Block, Box } from '../parse/block.ts';
import { lineBlocks } from '../parse/blocks.ts';
import type { OpenPage } from '../parse/open.ts';
import { foreign, Signal } from '../parse/signals.ts';
import { boilerplateEverywhere } from './findings.ts';
import { othersIn } from './others/others.ts';
import { repair } from './repair.ts';
import { trainedScores } from './trained.ts';

/** What the ensemble thinks of one block. */
export interface Votes {
  /** Scorers that want the block: `container`, `paragraphs`, `span`, `structured`. */
  readonly votes: readonly string[];
  /** The trained scorer's probability, 0…1. */
  readonly score: number;
  /** Boilerplate rules that fired, as bits (`boilerplate.ts`). */
  readonly rules: number;
}

/** The steps of the cascade, first to last; the first that gives a text ends it. */
export const steps = {
  ensemble: 'the scorers agree on a text',
  named:
    'the scorers want little of the element that is named as the text, and rule nothing out: all that is clean in it',
  captions: 'little beside the captions, which the scorers take for text: an essay in pictures',
  'low-confidence': 'little that the scorers are sure of: what they think possible',
  containers: 'no agreement: the paragraphs inside the elements that the scorers chose',
  structured: 'the page shows less than its structured data holds',
  'without-scripts': 'the page shows less than it holds for readers without scripts',
  state: 'the page shows less than the state that its scripts render',
  paragraphs: 'no container: all paragraphs of the page',
  summary: 'no paragraphs: the description that the page gives of itself',
  none: 'the page holds no text',
} as const;

export interface Decision {
  readonly step: keyof typeof steps;
  readonly kept: readonly Block[];
  readonly scores: Float32Array;
}

/** A text shorter than this many words is not believed at once. */
const leastWords = 40;

/**
 * Rules that overrule a scorer that is not sure: below this score what they find is boilerplate wherever it stands. The figures weigh, on
 * the pages with gold, the words of boilerplate that a rule catches against the words of text that it would cost.
 */
const overruledBelow: Readonly<Record<string, number>> = {
  consent: 1.01,
  'foreign-box': 1.01,
  thread: 1.01,
  'embed-label': 1.01,
  'author-note': 1.01,
  contents: 1.01,
  captioned: 0.9,
  'related-link': 0.95,
  'repeated-title': 1.01,
  'closing-name': 1.01,
  'opening-name': 1.01,
  byline: 1.01,
  date: 1.01,
  'lead-in': 1.01,
  'related-block': 0.9,
  'headline-list': 0.8,
  'repeated-line': 0.97,
  advert: 1.01,
  newsletter: 1.01,
  share: 1.01,
  comments: 0.6,
  copyright: 1.01,
  caption: 0.97,
  media: 0.99,
  disclaimer: 1.01,
  'agency-signature': 1.01,
  wall: 0.9,
  credit: 0.9,
  tags: 0.9,
  bio: 0.7,
};
const limits = Float32Array.from(rules, (rule) => overruledBelow[rule.name] ?? 0);

/**
 * What the scorer is known to misjudge, by its scores on sites that it did not see: before the first sure paragraph and among list items
 * it doubts text (two thirds of the words above 0.25 are gold), between paragraphs it believes loose lines (one word in ten below 0.75
 * is gold): captions, labels, titles of videos. A paragraph behind a list or a form it doubts although the text goes on there.
 */
const neededOf = { any: 0.5, standfirst: 0.25, item: 0.25, looseLine: 0.8, sibling: 0.1 } as const;

/** A paragraph of sentences; languages that build long words (Finnish, Hungarian, Turkish, Korean) say the same in fewer of them. */
const isLong = ({ words, text }: Block): boolean => words >= 15 || text.length >= 90;

/** The score that each block must have, by what stands around it. A line that is written as the sure ones are is not loose. */
function neededIn(blocks: readonly Block[], scores: Float32Array): (block: Block) => number {
  const sure = blocks.filter((block) => (scores[block.index] ?? 0) > 0.8 && isParagraph(block) && isLong(block));
  const first = sure[0]?.index ?? 0;
  const last = sure.at(-1)?.index ?? -1;
  const written = new Map<number, number>();
  const beside = new Set(sure.map(({ box }) => box.parent));
  for (const { box } of sure) written.set(box.template, (written.get(box.template) ?? 0) + 1);
  const own = new Set(sure.map(({ box }) => box));
  /** A paragraph behind a list or a form that is written as the sure ones are, in the box that holds them. */
  const isSibling = ({ kind, words, box, text, linkWords }: Block): boolean =>
    (kind === 'paragraph' || kind === 'line' || kind === 'cell') &&
    words >= 12 &&
    linkWords === 0 &&
    endsSentence(text) &&
    (own.has(box) || ((written.get(box.template) ?? 0) > 1 && beside.has(box.parent)));
  return (block) => {
    const { kind, words, index, box, text } = block;
    const isLabel = words < 5 || (kind === 'heading' && (words < 10 || !endsSentence(text)));
    if (index < first) return isLabel ? neededOf.any : neededOf.standfirst;
    if (isSibling(block)) return neededOf.sibling;
    if (index > last) return neededOf.any;
    // A paragraph that goes on after a figure stands loose beside the others.
    if (kind === 'line' && words >= 15 && endsSentence(text) && beside.has(box)) return neededOf.any;
    if (kind === 'line')
      return (written.get(box.template) ?? 0) > sure.length * 0.3 ? neededOf.any : neededOf.looseLine;
    return kind === 'item' ? neededOf.item : neededOf.any;
  };
}

/** The score that a block with these findings must have to be kept, `needed` without them. */
function neededScore(found: number, needed: number): number {
  for (let bit = 0; bit < limits.length && found >>> bit; bit++)
    if (found & (1 << bit)) needed = Math.max(needed, neededOf.any, limits[bit] ?? 0);
  return needed;
}

const threadBit = bitOf(thread);

/** Prose this long, almost without links, inside the span is text, however odd its surroundings. */
const longProse = 120;

/** Chooses the blocks of the article; never empty while the page holds any text. `scores` are the trained scorer's. */
export function decide(page: OpenPage, scores = trainedScores(page.view, page.findings)): Decision {
  const { blocks, view, findings, headline } = page;
  const { boilerplate, span } = findings;
  const chosen = new Uint8Array(blocks.length);
  const needed = neededIn(blocks, scores);
  for (const [i, block] of blocks.entries()) {
    const score = scores[i] ?? 0;
    const mayBeLong = ((boilerplate[i] ?? 0) & threadBit) === 0 && i >= span.first && i < span.end;
    const long = mayBeLong && block.words >= longProse && linkShare(block) < 0.2;
    if (score > neededScore(boilerplate[i] ?? 0, needed(block)) || (long && !isForeign(block) && score > 0.05))
      chosen[i] = 1;
  }
  const others = othersIn(page, chosen, scores);
  for (const { first, end } of others) chosen.fill(0, first, end);
  repair(view, chosen, scores, boilerplate);
  for (const { first, end } of others) chosen.fill(0, first, end);
  const kept = blocks.filter((_, i) => chosen[i]);
  const words = wordsIn(kept);
  const body = headline.articleBody;
  const bodyBlocks = body && words < 150 ? lineBlocks(body) : [];
  if (wordsIn(bodyBlocks) > Math.max(60, words * 2.2)) return { step: 'structured', kept: bodyBlocks, scores };
  const isOther = (index: number): boolean => others.some(({ first, end }) => index >= first && index < end);
  const whole = cleanLines(page).filter(({ index }) => !isOther(index));
  const added = whole.filter(({ index }) => !chosen[index]);
  if (wordsIn(whole) > Math.max(leastWords, words * 1.6) && meanScore(added, scores) > possible)
    return { step: 'named', kept: whole, scores };
  const essay = essayIn(page, kept, scores);
  if (essay && !essay.some(({ index }) => isOther(index))) return { step: 'captions', kept: essay, scores };
  if (words >= leastWords) return { step: 'ensemble', kept, scores };

  const inside = (box: Box | undefined, i: number): boolean => box !== undefined && i >= box.first && i < box.end;
  const lowConfidence = blocks.filter(
    (block, i) => (scores[i] ?? 0) > 0.2 && !boilerplate[i] && block.words >= 4 && !isOther(i),
  );
  if (wordsIn(lowConfidence) >= Math.max(leastWords, words * 1.5))
    return { step: 'low-confidence', kept: lowConfidence, scores };
  const inContainers = blocks.filter(
    (block, i) =>
      isParagraph(block) &&
      !boilerplate[i] &&
      !isForeign(block) &&
      !isOther(i) &&
      (inside(findings.byParagraphs, i) || inside(findings.container, i)),
  );
  if (wordsIn(inContainers) >= Math.max(leastWords, words * 1.5))
    return { step: 'containers', kept: inContainers, scores };
  if (words > 0) return { step: 'ensemble', kept, scores };
  const everywhere = boilerplateEverywhere(view, findings);
  const paragraphs = blocks.filter((block, i) => isParagraph(block) && !everywhere[i] && !isForeign(block));
  if (paragraphs.length > 0) return { step: 'paragraphs', kept: paragraphs, scores };
  if (headline.summary) return { step: 'summary', kept: lineBlocks(headline.summary), scores };
  const any = blocks.filter((block, i) => !everywhere[i] && block.linkWords === 0 && block.words >= 5);
  return any.length > 0 ? { step: 'paragraphs', kept: any, scores } : { step: 'none', kept: [], scores };
}

const captionBits = bitOf(caption) | bitOf(captioned);
/** An essay in pictures has so many captions that the scorers think possible, and this many times the words of its other text. */
const essayOf = { captions: 4, score: 0.3, times: 2.5 } as const;

/** The text with its captions, where these are the text; undefined on any other page. */
function essayIn({ blocks, findings }: OpenPage, kept: readonly Block[], scores: Float32Array): Block[] | undefined {
  const captions = blocks.filter(({ index, words, kind, afterPicture }) => {
    const found = findings.boilerplate[index] ?? 0;
    if (kind !== 'caption' && !afterPicture) return false;
    return found !== 0 && (found & ~captionBits) === 0 && words >= 4 && (scores[index] ?? 0) > essayOf.score;
  });
  const words = wordsIn(captions);
  if (captions.length < essayOf.captions || words < Math.max(leastWords, wordsIn(kept) * essayOf.times))
    return undefined;
  return [...new Set([...kept, ...captions])].sort((a, b) => a.index - b.index);
}

/** Below this mean score the scorers are sure that most of the lines are no text. */
const possible = 0.08;

const meanScore = (blocks: readonly Block[], scores: Float32Array): number =>
  blocks.reduce((sum, { index, words }) => sum + words * (scores[index] ?? 0), 0) / Math.max(1, wordsIn(blocks));

/** Names inside the text's element that speak against what stands there; a widget, a tag or a tool may hold text. */
const against = (foreign & ~(Signal.widget | Signal.tags | Signal.tool)) | Signal.caption | Signal.media;
const headlinesBit = bitOf(plainHeadlines);

/** The lines of the one element that is named as the text, without boxes of another purpose, boilerplate and links: tables and lists too. */
function cleanLines({ blocks, findings }: OpenPage): readonly Block[] {
  const { named, paths, boilerplate } = findings;
  if (!named || named.kind < 2 || named.rivals > 0) return [];
  return blocks
    .slice(named.box.first, named.box.end)
    .filter(
      (block) =>
        ((paths[block.index]?.near ?? 0) & against) === 0 &&
        ((boilerplate[block.index] ?? 0) & ~headlinesBit) === 0 &&
        (block.inTable || linkShare(block) < 0.5),
    );
}

const wordsIn = (blocks: readonly Block[]): number => blocks.reduce((sum, block) => sum + block.words, 0);

/** What is told of a block by `--explain`; `boilerplate` is that of the whole page. */
export function votesOn(page: OpenPage, scores: Float32Array, boilerplate: Int32Array, i: number): Votes {
  const { container, byParagraphs, span, structured } = page.findings;
  const votes: string[] = [];
  if (container && i >= container.first && i < container.end) votes.push('container');
  if (byParagraphs && i >= byParagraphs.first && i < byParagraphs.end) votes.push('paragraphs');
  if (i >= span.first && i < span.end) votes.push('span');
  if ((structured?.[i] ?? 0) > 0.6) votes.push('structured');
  return { votes, score: scores[i] ?? 0, rules: boilerplate[i] ?? 0 };
}
