import { isSpace } from '../../text/words.ts';
import { rules as boilerplateRules } from '../boilerplate/boilerplate.ts';
import type { Span } from '../boilerplate/rule.ts';
import type { Named } from '../decide/containers.ts';
import type { Block, Box } from '../parse/block.ts';
import type { MainPath } from '../parse/main-path.ts';
import { Signal } from '../parse/signals.ts';
import { endsSentence, isParagraph, linkShare, type View } from './view.ts';

/** What the scorers found on the page, as the features need it. */
export interface Findings {
  readonly container: Box | undefined;
  readonly named: Named | undefined;
  readonly byParagraphs: Box | undefined;
  readonly span: Span;
  readonly structured: Float32Array | undefined;
  readonly paths: readonly MainPath[];
  readonly boilerplate: Int32Array;
  /** Bounds of the body of text as the ensemble sees it. */
  readonly first: number;
  readonly end: number;
  /** The blocks that are worth a look: only they can be kept. */
  readonly zone: Span;
}

const kinds = ['paragraph', 'heading', 'item', 'quote', 'code', 'cell', 'caption', 'term', 'line'] as const;
const regionNames = ['header', 'footer', 'aside', 'form', 'nav', 'address'] as const;
const signalBits = Object.entries(Signal);
const signals = Int32Array.from(Object.values(Signal));
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
  ...'mainDistance shareParent shareGrand shareGreat parentWords parentLinks parentBlocks grandWords grandLinks grandBlocks'.split(
    ' ',
  ),
  ...'sameBlocks sameWords sameMean sameLinks sameEnds'.split(' '),
  ...'position wordsBefore fromFirst toEnd inside fromTitle'.split(' '),
  ...'container named byParagraphs span structured inSummary titleShare copies'.split(' '),
  ...boilerplateRules.map((rule) => `rule:${rule.name}`),
  ...neighbours.flatMap((offset) =>
    ['words', 'links', 'reads', 'kind', 'same', 'rules'].map((what) => `${what}@${offset}`),
  ),
  ...'fromNamed toNamedEnd inNamed'.split(' '),
  ...'toPrevious toNext betweenSame'.split(' '),
  ...'pageParagraphs pageBlocks pageLinks pageBody containerShare byParagraphsShare spanShare namedKind namedRivals namedShare namedWords'.split(
    ' ',
  ),
];

interface Template {
  blocks: number;
  words: number;
  linkWords: number;
  ends: number;
}

/** How far around what any scorer wants blocks are looked at; the others are none of the article. */
const zoneMargin = 25;

/** The blocks that are worth a look. */
export function zoneOf(view: View, found: Omit<Findings, 'zone' | 'boilerplate' | 'paths'>): Span {
  const { container, named, byParagraphs, span } = found;
  const firsts = [found.first, span.first];
  const ends = [found.end, span.end];
  for (const box of [container, named?.box, byParagraphs])
    if (box) {
      firsts.push(box.first);
      ends.push(box.end);
    }
  return {
    first: Math.max(0, Math.min(...firsts) - zoneMargin),
    end: Math.min(view.blocks.length, Math.max(...ends) + zoneMargin),
  };
}

/** Kind and template of a block as one number: blocks that share it are written alike. */
export const templateOf = (block: Block): number => block.box.template * kinds.length + kinds.indexOf(block.kind);

/** The features of the blocks of the zone, row by row; rows outside stay empty. */
export function blockFeatures(view: View, found: Findings): { rows: Float32Array; width: number } {
  const { blocks, folded } = view;
  const n = blocks.length;
  const width = featureNames.length;
  const rows = new Float32Array(n * width);
  const total = view.boxes[0]?.paragraphWords ?? 0;
  const allWords = Math.max(1, view.boxes[0]?.words ?? 1);
  const { boilerplate } = found;

  const templates = new Map<number, Template>();
  const copies = new Map<string, number>();
  // What rows ask of their neighbours too is found out once.
  const keys = new Int32Array(n);
  const kindAt = new Int8Array(n);
  const logWords = new Float32Array(n);
  const links = new Float32Array(n);
  const reading = new Uint8Array(n);
  const previousParagraph = new Int16Array(n);
  const nextParagraph = new Int16Array(n);
  const ends = new Uint8Array(n);
  let titleAt = -1;
  let last = -30;
  for (let i = 0; i < n; i++) {
    const block = blocks[i] as Block;
    const key = templateOf(block);
    keys[i] = key;
    kindAt[i] = kinds.indexOf(block.kind);
    logWords[i] = Math.log1p(block.words);
    links[i] = linkShare(block);
    reading[i] = isParagraph(block) ? 1 : 0;
    ends[i] = endsSentence(block.text) ? 1 : 0;
    let template = templates.get(key);
    if (!template) {
      template = { blocks: 0, words: 0, linkWords: 0, ends: 0 };
      templates.set(key, template);
    }
    template.blocks++;
    template.words += block.words;
    template.linkWords += block.linkWords;
    template.ends += ends[i] ?? 0;
    const line = folded[i] ?? '';
    copies.set(line, (copies.get(line) ?? 0) + 1);
    previousParagraph[i] = Math.min(20, i - last);
    if (reading[i]) last = i;
    if (titleAt < 0 && (block.kind === 'heading' || block.words > 3) && (boilerplate[i] ?? 0) & 1) titleAt = i;
  }
  last = n + 30;
  for (let i = n - 1; i >= 0; i--) {
    nextParagraph[i] = Math.min(20, last - i);
    if (reading[i]) last = i;
  }
  const summary = new Set(view.summary.split(' '));
  const title = new Set(view.title.split(' '));
  const { named } = found;
  const page = [
    Math.log1p(total),
    Math.log1p(n),
    (view.boxes[0]?.linkWords ?? 0) / allWords,
    found.structured ? 1 : 0,
    total > 0 ? (found.container?.paragraphWords ?? 0) / total : 0,
    total > 0 ? (found.byParagraphs?.paragraphWords ?? 0) / total : 0,
    n > 0 ? (found.span.end - found.span.first) / n : 0,
    named?.kind ?? 0,
    named?.rivals ?? 0,
    named ? (named.box.words - named.box.linkWords) / Math.max(1, allWords - (view.boxes[0]?.linkWords ?? 0)) : 0,
    named ? Math.log1p(named.box.words - named.box.linkWords) : 0,
  ];
  const inNamed = (i: number): boolean => named !== undefined && i >= named.box.first && i < named.box.end;
  let wordsBefore = 0;
  const { zone } = found;
  for (let i = 0; i < zone.first; i++) wordsBefore += (blocks[i] as Block).words;
  for (let i = zone.first; i < zone.end; i++) {
    const block = blocks[i] as Block;
    const text = block.text;
    const box = block.box;
    const words = Math.max(1, block.words);
    const look = lookAt(text);
    const path = found.paths[i] as MainPath;
    const parent = box.parent ?? box;
    const grand = parent.parent ?? parent;
    const great = grand.parent ?? grand;
    const own = box.own | block.inline;
    const near = path.near | block.inline;
    const key = keys[i] as number;
    let at = i * width;
    rows[at++] = logWords[i] as number;
    rows[at++] = text.length / words;
    rows[at++] = links[i] as number;
    rows[at++] = Math.min(10, block.links);
    rows[at++] = block.markedWords / words;
    rows[at++] = ends[i] as number;
    rows[at++] = /[:：]\s*$/.test(text.slice(-8)) ? 1 : 0;
    rows[at++] = (look.commas * 100) / Math.max(1, look.length);
    rows[at++] = look.digits / Math.max(1, look.length);
    rows[at++] = look.upper / Math.max(1, look.letters);
    rows[at++] = view.proseShare(i);
    rows[at++] = /^[\s"'“„«(]*\p{Lu}/u.test(text) ? 1 : 0;
    rows[at++] = /^[-–—•*·►▶»>"'“„«#@+([©|/\d]/u.test(text) ? 1 : 0;
    rows[at++] = look.signs ? 1 : 0;
    rows[at++] = look.questions > 0 ? 1 : 0;
    rows[at++] = look.sentences;
    for (let kind = 0; kind < kinds.length; kind++) rows[at++] = kindAt[i] === kind ? 1 : 0;
    rows[at++] = block.level;
    rows[at++] = block.continues ? 1 : 0;
    rows[at++] = block.inList ? 1 : 0;
    rows[at++] = block.inQuote ? 1 : 0;
    rows[at++] = block.inTable ? 1 : 0;
    rows[at++] = block.inFigure ? 1 : 0;
    rows[at++] = Math.min(30, box.depth);
    for (const name of regionNames) rows[at++] = block.region === name ? 1 : 0;
    for (let s = 0; s < signals.length; s++) rows[at++] = own & (signals[s] as number) ? 1 : 0;
    for (let s = 0; s < signals.length; s++) rows[at++] = near & (signals[s] as number) ? 1 : 0;
    rows[at++] = Math.min(12, path.distance);
    rows[at++] = total > 0 ? parent.paragraphWords / total : 0;
    rows[at++] = total > 0 ? grand.paragraphWords / total : 0;
    rows[at++] = total > 0 ? great.paragraphWords / total : 0;
    rows[at++] = Math.log1p(parent.words);
    rows[at++] = parent.linkWords / Math.max(1, parent.words);
    rows[at++] = Math.log1p(parent.end - parent.first);
    rows[at++] = Math.log1p(grand.words);
    rows[at++] = grand.linkWords / Math.max(1, grand.words);
    rows[at++] = Math.log1p(grand.end - grand.first);
    const template = templates.get(key) as Template;
    rows[at++] = Math.log1p(template.blocks);
    rows[at++] = template.words / allWords;
    rows[at++] = Math.log1p(template.words / template.blocks);
    rows[at++] = template.linkWords / Math.max(1, template.words);
    rows[at++] = template.ends / template.blocks;
    rows[at++] = i / n;
    rows[at++] = wordsBefore / allWords;
    rows[at++] = signedLog(i - found.first);
    rows[at++] = signedLog(found.end - 1 - i);
    rows[at++] = i >= found.first && i < found.end ? 1 : 0;
    rows[at++] = titleAt < 0 ? -9 : signedLog(i - titleAt);
    rows[at++] = found.container && i >= found.container.first && i < found.container.end ? 1 : 0;
    rows[at++] = inNamed(i) ? 1 : 0;
    rows[at++] = found.byParagraphs && i >= found.byParagraphs.first && i < found.byParagraphs.end ? 1 : 0;
    rows[at++] = i >= found.span.first && i < found.span.end ? 1 : 0;
    rows[at++] = found.structured ? (found.structured[i] ?? 0) : -1;
    const line = folded[i] ?? '';
    const lineWords = line.split(' ', 60);
    rows[at++] = shareIn(lineWords, summary);
    rows[at++] = shareIn(lineWords, title);
    rows[at++] = Math.min(5, copies.get(line) ?? 1);
    const bits = boilerplate[i] ?? 0;
    for (let rule = 0; rule < boilerplateRules.length; rule++) rows[at++] = bits & (1 << rule) ? 1 : 0;
    for (const offset of neighbours) {
      const j = i + offset;
      const other = blocks[j];
      if (!other) {
        rows.fill(-1, at, at + 6);
        at += 6;
        continue;
      }
      rows[at++] = logWords[j] as number;
      rows[at++] = links[j] as number;
      rows[at++] = reading[j] as number;
      rows[at++] = kindAt[j] as number;
      rows[at++] = keys[j] === key ? 2 : other.box.parent === box.parent || other.box === box ? 1 : 0;
      rows[at++] = (boilerplate[j] ?? 0) !== 0 ? 1 : 0;
    }
    rows[at++] = named ? signedLog(i - named.box.first) : -9;
    rows[at++] = named ? signedLog(named.box.end - 1 - i) : -9;
    rows[at++] = named && inNamed(i) ? (i - named.box.first) / (named.box.end - named.box.first) : -1;
    rows[at++] = previousParagraph[i] ?? 20;
    rows[at++] = nextParagraph[i] ?? 20;
    rows[at++] = betweenSame(blocks, reading, i);
    for (const value of page) rows[at++] = value;
    wordsBefore += block.words;
  }
  return { rows, width };
}

/** What the characters of a line are; counts of its first characters, sentences and signs of all of it. */
function lookAt(text: string): {
  readonly length: number;
  readonly digits: number;
  readonly upper: number;
  readonly letters: number;
  readonly commas: number;
  readonly questions: number;
  /** Ends of sentences, six at most. */
  readonly sentences: number;
  readonly signs: boolean;
} {
  const length = Math.min(text.length, 600);
  let digits = 0;
  let upper = 0;
  let letters = 0;
  let commas = 0;
  let questions = 0;
  for (let c = 0; c < length; c++) {
    const code = text.charCodeAt(c);
    if (code >= 97 && code <= 122) letters++;
    else if (code >= 48 && code <= 57) digits++;
    else if (code >= 65 && code <= 90) {
      upper++;
      letters++;
    } else if (code === 44 || code === 0x3001 || code === 0xff0c || code === 0x060c) commas++;
    else if (code === 63 || code === 33) questions++;
    else if (code > 127) letters++;
  }
  let sentences = 0;
  for (let c = 0; c < text.length && sentences < 6; c++)
    if (isStop(text.charCodeAt(c)) && isAfterStop(text, c + 1)) sentences++;
  return { length, digits, upper, letters, commas, questions, sentences, signs: /[|©@/›»]/.test(text) };
}

const isStop = (code: number): boolean =>
  code === 0x2e ||
  code === 0x21 ||
  code === 0x3f ||
  (code >= 0x61f && (code === 0x61f || code === 0x964 || code === 0x3002 || code === 0xff01 || code === 0xff1f));

/** White space, a closing quote or bracket, or the end. */
function isAfterStop(text: string, at: number): boolean {
  if (at === text.length) return true;
  const code = text.charCodeAt(at);
  return code === 0x22 || code === 0x29 || code === 0x201d || code === 0x2019 || code === 0xbb || isSpace(code);
}

const signedLog = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value));

function shareIn(line: readonly string[], words: ReadonlySet<string>): number {
  let hits = 0;
  for (const word of line) if (words.has(word)) hits++;
  return hits / line.length;
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
