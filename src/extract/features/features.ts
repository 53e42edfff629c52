import { bitOf, rules } from '../boilerplate/boilerplate.ts';
import type { Block, Box } from '../parse/block.ts';
import { Signal } from '../parse/signals.ts';
import type { Findings } from './findings.ts';
import { kinds, type Line, type Lines, lineAt, readLines } from './lines.ts';
import type { View } from './view.ts';

/** A number that says something of a line. Its name stands in the weights, so a name must not change its meaning. */
export interface Feature {
  readonly name: string;
  readonly of: (line: Line) => number;
}
const feature = (name: string, of: Feature['of']): Feature => ({ name, of });

const signedLog = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value));
const within = (box: { readonly first: number; readonly end: number } | undefined, index: number): number =>
  box !== undefined && index >= box.first && index < box.end ? 1 : 0;
const named = (found: Findings): Box | undefined => found.named?.box;
const plainWords = (box: Box): number => box.words - box.linkWords;

function shareIn(line: readonly string[], words: ReadonlySet<string>): number {
  let hits = 0;
  for (const word of line) if (words.has(word)) hits++;
  return hits / line.length;
}

/** An address of the web or of a mailbox, as pleas and notices hold. */
const address = /\w@\w|\bwww\.|\bhttps?:|[a-z0-9]\.(?:com|net|org|info)\b/i;

/** Does a line speak of the site that it stands on? */
const namesSite = ({ site, folded }: View, index: number): boolean =>
  site.length > 2 && (folded[index] ?? '').includes(site);

/** How far up a form is looked for. */
const formReach = 4;

/** Words for each field, of the innermost box around a line that holds fields: few in a poll, a rating or a comment form. */
function wordsPerField(innermost: Box): number {
  let box: Box | undefined = innermost;
  for (let step = 0; box && step < formReach; step++, box = box.parent)
    if (box.fields > 0) return Math.log1p(box.words / box.fields);
  return 9;
}

/** What the line itself says. */
const ofText: readonly Feature[] = [
  feature('words', ({ page, index }) => page.logWords[index] as number),
  feature('charsPerWord', ({ block, words }) => block.text.length / words),
  feature('linkShare', ({ page, index }) => page.links[index] as number),
  feature('links', ({ block }) => Math.min(10, block.links)),
  feature('marked', ({ block, words }) => block.markedWords / words),
  feature('ends', ({ page, index }) => page.ends[index] as number),
  feature('colon', ({ block }) => (/[:：]\s*$/.test(block.text.slice(-8)) ? 1 : 0)),
  feature('commas', ({ characters }) => (characters.commas * 100) / Math.max(1, characters.length)),
  feature('digits', ({ characters }) => characters.digits / Math.max(1, characters.length)),
  feature('capitals', ({ characters }) => characters.upper / Math.max(1, characters.letters)),
  feature('functionWords', ({ page, index }) => page.view.proseShare(index)),
  feature('startsUpper', ({ block }) => (/^[\s"'“„«(]*\p{Lu}/u.test(block.text) ? 1 : 0)),
  feature('startsOdd', ({ block }) => (/^[-–—•*·►▶»>"'“„«#@+([©|/\d]/u.test(block.text) ? 1 : 0)),
  feature('signs', ({ characters }) => (characters.signs ? 1 : 0)),
  feature('questions', ({ characters }) => (characters.questions > 0 ? 1 : 0)),
  feature('sentences', ({ characters }) => characters.sentences),
  feature('inSummary', ({ folded, page }) => shareIn(folded, page.summary)),
  feature('titleShare', ({ folded, page }) => shareIn(folded, page.title)),
  feature('address', ({ block }) => (address.test(block.text) ? 1 : 0)),
  feature('namesSite', ({ page, index }) => (namesSite(page.view, index) ? 1 : 0)),
  feature('copies', ({ page, index }) => Math.min(5, page.copies.get(page.view.folded[index] ?? '') ?? 1)),
];

const regionNames = ['header', 'footer', 'aside', 'form', 'nav', 'address'] as const;

/** What the markup of the line and of the boxes around it says. */
const ofMarkup: readonly Feature[] = [
  ...kinds.map((kind, at) => feature(`kind:${kind}`, ({ page, index }) => (page.kindAt[index] === at ? 1 : 0))),
  feature('level', ({ block }) => block.level),
  feature('continues', ({ block }) => (block.continues ? 1 : 0)),
  feature('inList', ({ block }) => (block.inList ? 1 : 0)),
  feature('inQuote', ({ block }) => (block.inQuote ? 1 : 0)),
  feature('inTable', ({ block }) => (block.inTable ? 1 : 0)),
  feature('inFigure', ({ block }) => (block.inFigure ? 1 : 0)),
  feature('afterPicture', ({ block }) => (block.afterPicture ? 1 : 0)),
  feature('centred', ({ block }) => (block.centred ? 1 : 0)),
  feature('wordsPerField', ({ box }) => wordsPerField(box)),
  feature('boxDepth', ({ box }) => Math.min(30, box.depth)),
  ...regionNames.map((name) => feature(`region:${name}`, ({ block }) => (block.region === name ? 1 : 0))),
  ...Object.entries(Signal).map(([name, bit]) => feature(`own:${name}`, ({ own }) => (own & bit ? 1 : 0))),
  ...Object.entries(Signal).map(([name, bit]) => feature(`near:${name}`, ({ near }) => (near & bit ? 1 : 0))),
];

/** How the boxes around the line are filled. */
const ofBoxes: readonly Feature[] = [
  feature('mainDistance', ({ path }) => Math.min(12, path.distance)),
  feature('shareParent', ({ page, parent }) => shareOfPage(page, parent)),
  feature('shareGrand', ({ page, grand }) => shareOfPage(page, grand)),
  feature('shareGreat', ({ page, great }) => shareOfPage(page, great)),
  feature('parentWords', ({ parent }) => Math.log1p(parent.words)),
  feature('parentLinks', ({ parent }) => parent.linkWords / Math.max(1, parent.words)),
  feature('parentBlocks', ({ parent }) => Math.log1p(parent.end - parent.first)),
  feature('grandWords', ({ grand }) => Math.log1p(grand.words)),
  feature('grandLinks', ({ grand }) => grand.linkWords / Math.max(1, grand.words)),
  feature('grandBlocks', ({ grand }) => Math.log1p(grand.end - grand.first)),
  feature('sameBlocks', ({ template }) => Math.log1p(template.blocks)),
  feature('sameWords', ({ template, page }) => template.words / page.allWords),
  feature('sameMean', ({ template }) => Math.log1p(template.words / template.blocks)),
  feature('sameLinks', ({ template }) => template.linkWords / Math.max(1, template.words)),
  feature('sameEnds', ({ template }) => template.ends / template.blocks),
];

const shareOfPage = (page: Lines, box: Box): number =>
  page.paragraphWords > 0 ? box.paragraphWords / page.paragraphWords : 0;

/** Where the line stands, and what the scorers and rules think of it. */
const ofPosition: readonly Feature[] = [
  feature('position', ({ page, index }) => index / page.count),
  feature('wordsBefore', ({ page, wordsBefore }) => wordsBefore / page.allWords),
  feature('fromFirst', ({ page, index }) => signedLog(index - page.found.first)),
  feature('toEnd', ({ page, index }) => signedLog(page.found.end - 1 - index)),
  feature('inside', ({ page, index }) => within(page.found, index)),
  feature('fromTitle', ({ page, index }) => (page.titleAt < 0 ? -9 : signedLog(index - page.titleAt))),
  feature('container', ({ page, index }) => within(page.found.container, index)),
  feature('named', ({ page, index }) => within(named(page.found), index)),
  feature('byParagraphs', ({ page, index }) => within(page.found.byParagraphs, index)),
  feature('span', ({ page, index }) => within(page.found.span, index)),
  feature('structured', ({ page, index }) => page.found.structured?.[index] ?? (page.found.structured ? 0 : -1)),
  ...rules.map((rule) => {
    const bit = bitOf(rule);
    return feature(`rule:${rule.name}`, ({ boilerplate }) => (boilerplate & bit ? 1 : 0));
  }),
  feature('fromNamed', ({ page, index }) => fromBox(named(page.found), (box) => signedLog(index - box.first))),
  feature('toNamedEnd', ({ page, index }) => fromBox(named(page.found), (box) => signedLog(box.end - 1 - index))),
  feature('inNamed', ({ page, index }) => {
    const box = named(page.found);
    return box && within(box, index) ? (index - box.first) / (box.end - box.first) : -1;
  }),
  feature('toPrevious', ({ page, index }) => page.previousParagraph[index] ?? 20),
  feature('toNext', ({ page, index }) => page.nextParagraph[index] ?? 20),
  feature('betweenSame', ({ page, index }) => betweenSame(page.view.blocks, page.reading, index)),
];

const fromBox = (box: Box | undefined, of: (box: Box) => number): number => (box ? of(box) : -9);

/** What the lines around say; -1 where there is none. */
const ofNeighbours: readonly Feature[] = [-3, -2, -1, 1, 2, 3].flatMap((offset) => {
  const neighbour = (what: string, of: (line: Line, at: number, other: Block) => number): Feature =>
    feature(`${what}@${offset}`, (line) => {
      const other = line.page.view.blocks[line.index + offset];
      return other ? of(line, line.index + offset, other) : -1;
    });
  return [
    neighbour('words', ({ page }, at) => page.logWords[at] as number),
    neighbour('links', ({ page }, at) => page.links[at] as number),
    neighbour('reads', ({ page }, at) => page.reading[at] as number),
    neighbour('kind', ({ page }, at) => page.kindAt[at] as number),
    neighbour('same', ({ page, index, box }, at, other) => {
      if (page.keys[at] === page.keys[index]) return 2;
      return other.box.parent === box.parent || other.box === box ? 1 : 0;
    }),
    neighbour('rules', ({ page }, at) => ((page.found.boilerplate[at] ?? 0) !== 0 ? 1 : 0)),
  ];
});

/** What is the same for all lines of a page. */
const ofPage: readonly Feature[] = [
  feature('pageParagraphs', ({ page }) => Math.log1p(page.paragraphWords)),
  feature('pageBlocks', ({ page }) => Math.log1p(page.count)),
  feature('pageLinks', ({ page }) => page.linkWords / page.allWords),
  feature('pageBody', ({ page }) => (page.found.structured ? 1 : 0)),
  feature('containerShare', ({ page }) => (page.found.container ? shareOfPage(page, page.found.container) : 0)),
  feature('byParagraphsShare', ({ page }) =>
    page.found.byParagraphs ? shareOfPage(page, page.found.byParagraphs) : 0,
  ),
  feature('spanShare', ({ page }) => (page.found.span.end - page.found.span.first) / page.count),
  feature('namedKind', ({ page }) => page.found.named?.kind ?? 0),
  feature('namedRivals', ({ page }) => page.found.named?.rivals ?? 0),
  feature('namedShare', ({ page }) => {
    const box = named(page.found);
    return box ? plainWords(box) / Math.max(1, page.allWords - page.linkWords) : 0;
  }),
  feature('namedWords', ({ page }) => {
    const box = named(page.found);
    return box ? Math.log1p(plainWords(box)) : 0;
  }),
];

/** All features of a block. */
export const features: readonly Feature[] = [
  ...ofText,
  ...ofMarkup,
  ...ofBoxes,
  ...ofPosition,
  ...ofNeighbours,
  ...ofPage,
];
export const featureNames: readonly string[] = features.map(({ name }) => name);

/** The chosen features of the blocks of the zone, row by row; rows outside stay empty, and those that are `settled`. */
export function blockFeatures(
  view: View,
  found: Findings,
  chosen: readonly Feature[] = features,
  settled?: Uint8Array,
): { rows: Float32Array; width: number } {
  const { blocks } = view;
  const width = chosen.length;
  const rows = new Float32Array(blocks.length * width);
  const page = readLines(view, found);
  const { zone } = found;
  let wordsBefore = 0;
  for (let index = 0; index < zone.end; index++) {
    if (index >= zone.first && settled?.[index] !== 1) {
      const line = lineAt(page, index, wordsBefore);
      for (let column = 0; column < width; column++)
        rows[index * width + column] = (chosen[column] as Feature).of(line);
    }
    wordsBefore += (blocks[index] as Block).words;
  }
  return { rows, width };
}

/** Stands between paragraphs that share its parent, as a line of the text does. */
function betweenSame(blocks: readonly Block[], reading: Uint8Array, i: number): number {
  const parent = blocks[i]?.box.parent;
  const beside = (step: number): boolean => {
    for (let j = i + step, n = 0; n < 4; j += step, n++) {
      const other = blocks[j];
      if (!other) return false;
      if (reading[j]) return other.box.parent === parent || other.box === parent;
    }
    return false;
  };
  return (beside(-1) ? 1 : 0) + (beside(1) ? 1 : 0);
}
