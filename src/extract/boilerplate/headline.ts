import { findDate } from '../../text/dates/find-date.ts';
import bylineRole from '../data/boilerplate/byline-role.json' with { type: 'json' };
import homeLink from '../data/boilerplate/home-link.json' with { type: 'json' };
import howLongAgo from '../data/boilerplate/how-long-ago.json' with { type: 'json' };
import { endsSentence, isParagraph, type View } from '../features/view.ts';
import { isBylineLine } from '../metadata/name-words.ts';
import { isFull, namesAlone, namesIn } from '../metadata/names.ts';
import type { Block } from '../parse/block.ts';
import { Signal } from '../parse/signals.ts';
import { anyOf } from './patterns.ts';
import { lineRule, type PageRule } from './rule.ts';
import { beginsWith } from './vocabulary.ts';

/** The headline stands in the article's title; what repeats it in the text is a second copy. */
export const repeatedTitle: PageRule = {
  name: 'repeated-title',
  reason: 'says the headline again',
  find: (view, { first, end }, mark) => {
    const titles = view.titles.map((title) => ({ title, words: new Set(title.split(' ')) }));
    for (const [i, block] of view.blocks.entries()) {
      const folded = view.folded[i];
      if (!folded || block.words > 45) continue;
      if (
        (block.kind === 'heading' && block.level === 1 && i < end && !isSubheading(view, i, first)) ||
        titles.some(
          ({ title, words }) =>
            folded === title || (title.length > 12 && block.words <= 30 && sameWords(folded, title, words)),
        )
      )
        mark(i);
    }
  },
};

/** One of several h1 that stand between paragraphs of the text, whatever the elected headline says. */
function isSubheading({ blocks, folded, title }: View, index: number, first: number): boolean {
  if (index <= first || folded[index] === title) return false;
  const [before, after] = [blocks[index - 1], blocks[index + 1]];
  return before !== undefined && after !== undefined && isParagraph(before) && isParagraph(after);
}

function sameWords(line: string, title: string, words: ReadonlySet<string>): boolean {
  if (line.length > title.length * 1.5 || title.length > line.length * 1.6) return false;
  const left = line.split(' ');
  if (left.length < 4) return false;
  const common = left.filter((word) => words.has(word)).length;
  return (2 * common) / (left.length + words.size) >= 0.85;
}

/**
 * A line that stood before word for word: standfirsts and pull quotes that a template prints twice. Paragraphs that stand side by side are
 * written alike: what they repeat, such as the questions of an interview, is the author's.
 */
export const repeatedLine: PageRule = {
  name: 'repeated-line',
  reason: 'repeats a line that stands elsewhere in the article',
  find: (view, { first, end }, mark) => {
    const seen = new Map<string, number>();
    for (let i = first; i < end; i++) {
      const folded = view.folded[i] ?? '';
      const block = view.blocks[i];
      if (!block || block.words < 6 || folded.length < 24) continue;
      const earlier = seen.get(folded);
      if (earlier === undefined) {
        seen.set(folded, i);
        if (isPullQuote(view, i, first, end)) mark(i);
      } else if (isRefrain(view, earlier, i)) continue;
      else if (
        block.inQuote ||
        block.kind === 'heading' ||
        block.box.above & (Signal.box | Signal.hidden) ||
        block.words < 60
      )
        mark(isApart(view, earlier) && !isApart(view, i) ? earlier : i);
    }
  },
};

/** Words of a sentence that is set apart from the text a second time. */
const longestPullQuote = 40;

/** Between paragraphs, in a box of its own or in quotation marks: words that one of the paragraphs holds in a row, and more. */
function isPullQuote(view: View, i: number, first: number, end: number): boolean {
  const { words, kind, inList, inTable, inQuote, text } = view.blocks[i] as Block;
  if (words > longestPullQuote || kind === 'heading' || inList || inTable || i === first) return false;
  if (!isApart(view, i) || !(inQuote || /^["“„«‘]/.test(text))) return false;
  const said = view.folded[i] ?? '';
  for (let j = first; j < end; j++) {
    const other = view.blocks[j] as Block;
    if (other.words > words * 1.2 && isParagraph(other) && view.foldedWhole(j).includes(said)) return true;
  }
  return false;
}

/** Stands in a box without other paragraphs, as a standfirst does that repeats a paragraph of the text; that one stays in its place. */
function isApart({ blocks }: View, i: number): boolean {
  const { box, words, kind } = blocks[i] as Block;
  return kind === 'heading' || (box.parent?.paragraphWords ?? 0) <= words;
}

/**
 * A line that the author says again: written alike, with other lines between, and what stands before and after it is not said again, as it
 * would be in a second copy.
 */
export function isRefrain({ blocks, folded }: View, earlier: number, later: number): boolean {
  const [a, b] = [blocks[earlier], blocks[later]];
  if (!a || !b || later < earlier + 3 || a.kind === 'heading' || a.inQuote || b.inQuote) return false;
  return (
    a.kind === b.kind &&
    a.box.template === b.box.template &&
    folded[earlier - 1] !== folded[later - 1] &&
    folded[earlier + 1] !== folded[later + 1]
  );
}

const role = new RegExp(`\\b${anyOf(bylineRole)}\\b`, 'gu');

/** Who wrote it: kept as the byline, not as text. */
export const bylineLine = lineRule('byline', 'names the author, which the byline holds', (view, i, first, end) => {
  const block = view.blocks[i];
  let rest = view.folded[i];
  if (!block || !rest || block.words > 22 || block.kind === 'heading') return false;
  const near = i < first + 4 || i > end - 5 || view.blocks[i - 1]?.kind === 'heading';
  let named = false;
  for (const author of view.authors)
    if (rest.includes(author)) {
      named = true;
      rest = rest.replace(author, ' ');
    }
  const prefix = beginsWith('byline', rest.trim());
  if (named) {
    const left = rest.trim().slice(prefix).replace(role, ' ').replace(/\d+/g, ' ').trim();
    return (
      left.split(/\s+/).filter(Boolean).length <= (near ? 6 : 2) && !(endsSentence(block.text) && left.length > 30)
    );
  }
  if (!near) return false;
  if (isSignature(block)) return true;
  if (endsSentence(block.text) || block.words > 9) return false;
  if (/^By\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){1,3}$/u.test(block.text)) return true;
  if (
    /^(?:by|von|par|por|av|af|autor|автор|door|di|od|przez|text|texte|yazan|بقلم)\s*:?\s+\p{Lu}[\p{L}.'’-]+(?:\s+(?:de |van |von |al-)?\p{Lu}[\p{L}.'’-]*){0,4}(?:\s*[,|].*)?$/iu.test(
      block.text,
    )
  )
    return /\s\p{Lu}/u.test(block.text);
  return (block.inline & Signal.byline) !== 0 || (block.box.own & Signal.byline) !== 0;
});

/** Words of a line that says who wrote it, and letters of it that are neither label nor name: a role, a place, a paper. */
const longestSignature = 16;
const mostBeside = 40;

/** 'Text: Ana Kos, photos: Tom Hale', 'An analysis by Ana Kos, economist': a label, and full names behind it. */
function isSignature({ text, words }: Block): boolean {
  if (words > longestSignature || (endsSentence(text) && words > 10) || !isBylineLine(text)) return false;
  const names = namesIn(text);
  const letters = names.reduce((rest, name) => rest.replace(name, ''), text).match(/\p{L}/gu)?.length ?? 0;
  return names.length > 0 && names.every(isFull) && letters <= mostBeside;
}

/** Two to four words with capitals and nothing else. */
const nameAlone = /^\p{Lu}[\p{L}.'’-]*(?:\s+\p{Lu}[\p{L}.'’-]*){1,3}$/u;
/** Lines before the first paragraph in which a name stands. */
const linesOfHead = 4;

/**
 * Names and nothing else before the first paragraph. It may as well be a place, a show or a button, none of which is text: as the author it
 * counts beside a date (`metadata/byline.ts`). Where names head the parts of the text too, the first of them is the text's.
 */
export const openingName = lineRule('opening-name', 'nothing but a name above the text', (view, i, first, end) => {
  const block = view.blocks[i];
  if (!block || i >= first || i < first - linesOfHead || block.words > longestSignature) return false;
  const { text, kind, inList, inTable, box, links } = block;
  if (kind === 'heading' || inList || inTable) return false;
  const names = namesAlone(text);
  const isAlike = (other: Block): boolean =>
    other.words <= 4 && other.box.template === box.template && nameAlone.test(other.text);
  return names.length > 0 && links <= names.length && !view.blocks.slice(first, end).some(isAlike);
});

/** The last line of a text when it is nothing but a name. */
export const closingName = lineRule('closing-name', 'a name as last line is the byline', (view, i, first, end) => {
  const block = view.blocks[i];
  if (!block || i <= first || i < end - 2 || i > end || block.words > 4 || block.words < 1 || block.linkWords > 0)
    return false;
  if (!nameAlone.test(block.text) || block.kind === 'heading' || block.inList || block.inTable) return false;
  const before = view.blocks[i - 1];
  return before !== undefined && (isParagraph(before) || endsSentence(before.text));
});

export const ago = new RegExp(anyOf(howLongAgo), 'iu');
const home = new RegExp(`^${anyOf(homeLink)}(?:\\s*[›»>/|·•]|$)`, 'iu');

/** When it was published: kept as dates, not as text. */
export const dateLine = lineRule('date', 'says when the page was published or changed', (view, i, first) => {
  const block = view.blocks[i];
  const folded = view.folded[i];
  if (!block || !folded || block.words > 18 || !/\d/.test(block.text)) return false;
  if (endsSentence(block.text) && block.words > 10) return false;
  const prefix = beginsWith('dateline', folded);
  if (prefix > 0 && block.words <= 16 && /\d{1,2}[:.h/\s-]\d{2}|\d{4}/.test(block.text)) return true;
  if (block.words <= 8 && ago.test(block.text)) return true;
  if (block.kind === 'heading' && i > first) return false;
  const letters = folded.replace(/\d+/g, ' ').split(' ').filter(Boolean);
  if (/^\s*\d{1,2}[:.]\d{2}\s*(?:(?:uhr|am|pm|h)\s*)?$/i.test(block.text)) return true;
  return (
    letters.length <= 7 && block.words <= 10 && findDate(block.text) !== undefined && !(block.inTable && i > first)
  );
});

/** Breadcrumbs: the way from the front page, as short linked steps before the headline. */
export const breadcrumb = lineRule('breadcrumb', 'the way from the front page to this one', (view, i, first) => {
  const block = view.blocks[i];
  if (!block || i >= first + 1 || block.words > 25) return false;
  if (home.test(block.text)) return true;
  return (block.text.match(/\s[›»>]\s/g)?.length ?? 0) >= 1 && block.words <= 20 && !endsSentence(block.text);
});
