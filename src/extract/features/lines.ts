import { bitOf } from '../boilerplate/boilerplate.ts';
import { repeatedTitle } from '../boilerplate/headline.ts';
import type { Block, BlockKind, Box } from '../parse/block.ts';
import type { MainPath } from '../parse/main-path.ts';
import { type Characters, lookAt } from './characters.ts';
import type { Findings } from './findings.ts';
import { endsSentence, isParagraph, linkShare, type View } from './view.ts';

export const kinds = ['paragraph', 'heading', 'item', 'quote', 'code', 'cell', 'caption', 'term', 'line'] as const;

/** Kind and template of a block as one number: blocks that share it are written alike. */
export const templateOf = (block: { readonly kind: BlockKind; readonly box: Pick<Box, 'template'> }): number =>
  block.box.template * kinds.length + kinds.indexOf(block.kind);

/** All blocks of one template. */
interface Template {
  blocks: number;
  words: number;
  linkWords: number;
  ends: number;
}

/** What features ask of the page and of all its lines, found out once; arrays go by the index of the block. */
export interface Lines {
  readonly view: View;
  readonly found: Findings;
  readonly count: number;
  /** Words in paragraphs, and words of the page: at least 1. */
  readonly paragraphWords: number;
  readonly allWords: number;
  readonly linkWords: number;
  readonly templates: ReadonlyMap<number, Template>;
  readonly copies: ReadonlyMap<string, number>;
  readonly keys: Int32Array;
  readonly kindAt: Int8Array;
  readonly logWords: Float32Array;
  readonly links: Float32Array;
  readonly reading: Uint8Array;
  readonly ends: Uint8Array;
  /** Lines since the last paragraph, and to the next one; 20 at most. */
  readonly previousParagraph: Int16Array;
  readonly nextParagraph: Int16Array;
  /** The line that repeats the headline, -1 when there is none. */
  readonly titleAt: number;
  readonly summary: ReadonlySet<string>;
  readonly title: ReadonlySet<string>;
}

/** One line as the features see it. */
export interface Line {
  readonly page: Lines;
  readonly index: number;
  readonly block: Block;
  readonly box: Box;
  readonly parent: Box;
  readonly grand: Box;
  readonly great: Box;
  readonly words: number;
  readonly characters: Characters;
  readonly path: MainPath;
  readonly own: number;
  readonly near: number;
  readonly template: Template;
  readonly folded: readonly string[];
  readonly wordsBefore: number;
  readonly boilerplate: number;
}

const titleBit = bitOf(repeatedTitle);
const farthest = 20;

export function readLines(view: View, found: Findings): Lines {
  const { blocks, folded } = view;
  const count = blocks.length;
  const templates = new Map<number, Template>();
  const copies = new Map<string, number>();
  const keys = new Int32Array(count);
  const kindAt = new Int8Array(count);
  const logWords = new Float32Array(count);
  const links = new Float32Array(count);
  const reading = new Uint8Array(count);
  const ends = new Uint8Array(count);
  const previousParagraph = new Int16Array(count);
  const nextParagraph = new Int16Array(count);
  let titleAt = -1;
  let last = -farthest;
  for (const [index, block] of blocks.entries()) {
    const key = templateOf(block);
    keys[index] = key;
    kindAt[index] = kinds.indexOf(block.kind);
    logWords[index] = Math.log1p(block.words);
    links[index] = linkShare(block);
    reading[index] = isParagraph(block) ? 1 : 0;
    ends[index] = endsSentence(block.text) ? 1 : 0;
    const template = templates.get(key) ?? { blocks: 0, words: 0, linkWords: 0, ends: 0 };
    templates.set(key, template);
    template.blocks++;
    template.words += block.words;
    template.linkWords += block.linkWords;
    template.ends += ends[index] ?? 0;
    const line = folded[index] ?? '';
    copies.set(line, (copies.get(line) ?? 0) + 1);
    previousParagraph[index] = Math.min(farthest, index - last);
    if (reading[index]) last = index;
    const maySayTitle = titleAt < 0 && (block.kind === 'heading' || block.words > 3);
    if (maySayTitle && (found.boilerplate[index] ?? 0) & titleBit) titleAt = index;
  }
  last = count + farthest;
  for (let index = count - 1; index >= 0; index--) {
    nextParagraph[index] = Math.min(farthest, last - index);
    if (reading[index]) last = index;
  }
  const [page] = view.boxes;
  return {
    view,
    found,
    count,
    paragraphWords: page?.paragraphWords ?? 0,
    allWords: Math.max(1, page?.words ?? 1),
    linkWords: page?.linkWords ?? 0,
    templates,
    copies,
    keys,
    kindAt,
    logWords,
    links,
    reading,
    ends,
    previousParagraph,
    nextParagraph,
    titleAt,
    summary: new Set(view.summary.split(' ')),
    title: new Set(view.title.split(' ')),
  };
}

export function lineAt(page: Lines, index: number, wordsBefore: number): Line {
  const block = page.view.blocks[index] as Block;
  const { box } = block;
  const parent = box.parent ?? box;
  const grand = parent.parent ?? parent;
  const path = page.found.paths[index] as MainPath;
  return {
    page,
    index,
    block,
    box,
    parent,
    grand,
    great: grand.parent ?? grand,
    words: Math.max(1, block.words),
    characters: lookAt(block.text),
    path,
    own: box.own | block.inline,
    near: path.near | block.inline,
    template: page.templates.get(page.keys[index] as number) as Template,
    folded: (page.view.folded[index] ?? '').split(' ', 60),
    wordsBefore,
    boilerplate: page.found.boilerplate[index] ?? 0,
  };
}
