import type { Block, Box } from './block.ts';
import { rules as furnitureRules } from './furniture/furniture.ts';
import { functionWordShare } from './language.ts';
import { Signal } from './signals.ts';
import { endsSentence, isParagraph, linkShare, type View } from './view.ts';

/** What the scorers found on the page, as the features need it. */
export interface Findings {
  readonly container: Box | undefined;
  readonly elected: Box | undefined;
  readonly passage: { readonly first: number; readonly end: number };
  readonly structured: Float32Array | undefined;
  readonly furniture: Int32Array;
  /** Bounds of the body of text as the committee sees it. */
  readonly first: number;
  readonly end: number;
}

const kinds = ['paragraph', 'heading', 'item', 'quote', 'code', 'cell', 'caption', 'term', 'line'] as const;
const regionNames = ['header', 'footer', 'aside', 'form', 'nav', 'address'] as const;
const signalBits = Object.entries(Signal);
const neighbours = [-3, -2, -1, 1, 2, 3] as const;

/** Names of the features of a block, in order. The weights file lists them, so that weights and features cannot drift apart. */
export const featureNames: readonly string[] = [
  ...'words charsPerWord linkShare links marked ends colon commas digits capitals functionWords startsUpper startsOdd signs questions sentences'.split(
    ' ',
  ),
  ...kinds.map((kind) => `kind:${kind}`),
  ...'level continues inList inQuote inTable inFigure boxDepth'.split(' '),
  ...regionNames.map((name) => `region:${name}`),
  ...signalBits.map(([name]) => `own:${name}`),
  ...signalBits.map(([name]) => `near:${name}`),
  ...'trunkDistance shareParent shareGrand shareGreat parentWords parentLinks parentBlocks grandWords grandLinks grandBlocks'.split(
    ' ',
  ),
  ...'sameBlocks sameWords sameMean sameLinks sameEnds'.split(' '),
  ...'position wordsBefore fromFirst toEnd inside fromTitle'.split(' '),
  ...'container elected passage structured inSummary titleShare copies'.split(' '),
  ...furnitureRules.map((rule) => `rule:${rule.name}`),
  ...neighbours.flatMap((offset) =>
    ['words', 'links', 'reads', 'kind', 'same', 'rules'].map((what) => `${what}@${offset}`),
  ),
  ...'toPrevious toNext betweenSame'.split(' '),
  ...'pageParagraphs pageBlocks pageLinks pageBody containerShare electedShare passageShare'.split(' '),
];

const reads = (block: Block): number => (isParagraph(block) ? 1 : 0);

interface Template {
  blocks: number;
  words: number;
  linkWords: number;
  ends: number;
}

/** How far around what any scorer wants blocks are looked at; the others are none of the article. */
const zoneMargin = 25;

/** The blocks that are worth a look. */
export function zoneOf(view: View, found: Findings): { first: number; end: number } {
  const { container, elected, passage } = found;
  const firsts = [found.first, passage.first];
  const ends = [found.end, passage.end];
  for (const box of [container, elected])
    if (box) {
      firsts.push(box.first);
      ends.push(box.end);
    }
  return {
    first: Math.max(0, Math.min(...firsts) - zoneMargin),
    end: Math.min(view.blocks.length, Math.max(...ends) + zoneMargin),
  };
}

/** The features of the blocks of the zone, row by row; rows outside stay empty. */
export function blockFeatures(view: View, found: Findings): { rows: Float32Array; width: number } {
  const { blocks, folded } = view;
  const n = blocks.length;
  const width = featureNames.length;
  const rows = new Float32Array(n * width);
  const total = view.boxes[0]?.paragraphWords ?? 0;
  const allWords = Math.max(1, view.boxes[0]?.words ?? 1);

  const templates = new Map<string, Template>();
  const keys: string[] = [];
  const copies = new Map<string, number>();
  const previousParagraph = new Int16Array(n);
  const nextParagraph = new Int16Array(n);
  const ends = new Uint8Array(n);
  let titleAt = -1;
  let last = -30;
  for (let i = 0; i < n; i++) {
    const block = blocks[i] as Block;
    const key = `${block.kind}${block.box.signature}<${block.box.parent?.signature ?? ''}`;
    keys.push(key);
    ends[i] = endsSentence(block.text) ? 1 : 0;
    const template = templates.get(key) ?? { blocks: 0, words: 0, linkWords: 0, ends: 0 };
    template.blocks++;
    template.words += block.words;
    template.linkWords += block.linkWords;
    template.ends += ends[i] ?? 0;
    templates.set(key, template);
    const line = folded[i] ?? '';
    copies.set(line, (copies.get(line) ?? 0) + 1);
    previousParagraph[i] = Math.min(20, i - last);
    if (reads(block)) last = i;
    if (titleAt < 0 && (block.kind === 'heading' || block.words > 3) && (found.furniture[i] ?? 0) & 1) titleAt = i;
  }
  last = n + 30;
  for (let i = n - 1; i >= 0; i--) {
    nextParagraph[i] = Math.min(20, last - i);
    if (reads(blocks[i] as Block)) last = i;
  }
  const summary = new Set(view.summary.split(' '));
  const title = new Set(view.title.split(' '));
  const page = [
    Math.log1p(total),
    Math.log1p(n),
    (view.boxes[0]?.linkWords ?? 0) / allWords,
    found.structured ? 1 : 0,
    total > 0 ? (found.container?.paragraphWords ?? 0) / total : 0,
    total > 0 ? (found.elected?.paragraphWords ?? 0) / total : 0,
    n > 0 ? (found.passage.end - found.passage.first) / n : 0,
  ];
  let wordsBefore = 0;
  const trunks = new Map<Box, { near: number; distance: number }>();
  const trunkOf = (box: Box): { near: number; distance: number } => {
    const known = trunks.get(box);
    if (known) return known;
    let result = { near: 0, distance: 0 };
    if (box.paragraphWords < total * 0.5 && box.parent) {
      const above = trunkOf(box.parent);
      result = { near: above.near | box.own, distance: above.distance + 1 };
    }
    trunks.set(box, result);
    return result;
  };

  const zone = zoneOf(view, found);
  for (let i = 0; i < n; i++) {
    const block = blocks[i] as Block;
    if (i < zone.first || i >= zone.end) {
      wordsBefore += block.words;
      continue;
    }
    const line = folded[i] ?? '';
    const text = block.text;
    const box = block.box;
    const words = Math.max(1, block.words);
    let at = i * width;
    const put = (value: number): void => {
      rows[at++] = value;
    };
    let digits = 0;
    let upper = 0;
    let letters = 0;
    let commas = 0;
    let questions = 0;
    const length = Math.min(text.length, 600);
    for (let c = 0; c < length; c++) {
      const code = text.charCodeAt(c);
      if (code >= 48 && code <= 57) digits++;
      else if (code >= 65 && code <= 90) {
        upper++;
        letters++;
      } else if (code >= 97 && code <= 122) letters++;
      else if (code === 44 || code === 0x3001 || code === 0xff0c || code === 0x060c) commas++;
      else if (code === 63 || code === 33) questions++;
      else if (code > 127) letters++;
    }
    const trunk = trunkOf(box);
    const parent = box.parent ?? box;
    const grand = parent.parent ?? parent;
    const own = box.own | block.inline;
    put(Math.log1p(block.words));
    put(text.length / words);
    put(linkShare(block));
    put(Math.min(10, block.links));
    put(block.markedWords / words);
    put(ends[i] ?? 0);
    put(/[:：]\s*$/.test(text) ? 1 : 0);
    put((commas * 100) / Math.max(1, length));
    put(digits / Math.max(1, length));
    put(upper / Math.max(1, letters));
    put(functionWordShare(line));
    put(/^[\s"'“„«(]*\p{Lu}/u.test(text) ? 1 : 0);
    put(/^[-–—•*·►▶»>"'“„«#@+([©|/\d]/u.test(text) ? 1 : 0);
    put(/[|©@/›»]/.test(text) ? 1 : 0);
    put(questions > 0 ? 1 : 0);
    put(Math.min(6, text.match(/[.!?。！？।؟](?=\s|["”’»)]|$)/gu)?.length ?? 0));
    for (const kind of kinds) put(block.kind === kind ? 1 : 0);
    put(block.level);
    put(block.continues ? 1 : 0);
    put(block.inList ? 1 : 0);
    put(block.inQuote ? 1 : 0);
    put(block.inTable ? 1 : 0);
    put(block.inFigure ? 1 : 0);
    put(Math.min(30, box.depth));
    for (const name of regionNames) put(block.region === name ? 1 : 0);
    for (const [, bit] of signalBits) put(own & bit ? 1 : 0);
    for (const [, bit] of signalBits) put((trunk.near | block.inline) & bit ? 1 : 0);
    put(Math.min(12, trunk.distance));
    put(total > 0 ? parent.paragraphWords / total : 0);
    put(total > 0 ? grand.paragraphWords / total : 0);
    put(total > 0 ? (grand.parent ?? grand).paragraphWords / total : 0);
    put(Math.log1p(parent.words));
    put(parent.linkWords / Math.max(1, parent.words));
    put(Math.log1p(parent.end - parent.first));
    put(Math.log1p(grand.words));
    put(grand.linkWords / Math.max(1, grand.words));
    put(Math.log1p(grand.end - grand.first));
    const template = templates.get(keys[i] ?? '') as Template;
    put(Math.log1p(template.blocks));
    put(template.words / allWords);
    put(Math.log1p(template.words / template.blocks));
    put(template.linkWords / Math.max(1, template.words));
    put(template.ends / template.blocks);
    put(i / n);
    put(wordsBefore / allWords);
    put(signedLog(i - found.first));
    put(signedLog(found.end - 1 - i));
    put(i >= found.first && i < found.end ? 1 : 0);
    put(titleAt < 0 ? -9 : signedLog(i - titleAt));
    put(found.container && i >= found.container.first && i < found.container.end ? 1 : 0);
    put(found.elected && i >= found.elected.first && i < found.elected.end ? 1 : 0);
    put(i >= found.passage.first && i < found.passage.end ? 1 : 0);
    put(found.structured ? (found.structured[i] ?? 0) : -1);
    put(shareIn(line, summary));
    put(shareIn(line, title));
    put(Math.min(5, copies.get(line) ?? 1));
    const bits = found.furniture[i] ?? 0;
    for (let rule = 0; rule < furnitureRules.length; rule++) put(bits & (1 << rule) ? 1 : 0);
    for (const offset of neighbours) {
      const other = blocks[i + offset];
      put(other ? Math.log1p(other.words) : -1);
      put(other ? linkShare(other) : -1);
      put(other ? reads(other) : -1);
      put(other ? kinds.indexOf(other.kind) : -1);
      put(
        other ? (keys[i + offset] === keys[i] ? 2 : other.box.parent === box.parent || other.box === box ? 1 : 0) : -1,
      );
      put(other ? ((found.furniture[i + offset] ?? 0) !== 0 ? 1 : 0) : -1);
    }
    put(previousParagraph[i] ?? 20);
    put(nextParagraph[i] ?? 20);
    put(betweenSame(blocks, i));
    for (const value of page) put(value);
    wordsBefore += block.words;
  }
  return { rows, width };
}

const signedLog = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value));

function shareIn(line: string, words: ReadonlySet<string>): number {
  const all = line.split(' ', 60);
  let hits = 0;
  for (const word of all) if (words.has(word)) hits++;
  return hits / all.length;
}

/** Stands between paragraphs that share its parent, as a line of the text does. */
function betweenSame(blocks: readonly Block[], i: number): number {
  const parent = blocks[i]?.box.parent;
  const beside = (step: number): boolean => {
    for (let j = i + step, n = 0; n < 4; j += step, n++) {
      const other = blocks[j];
      if (!other) return false;
      if (isParagraph(other)) return other.box.parent === parent || other.box === parent;
    }
    return false;
  };
  return (beside(-1) ? 1 : 0) + (beside(1) ? 1 : 0);
}
