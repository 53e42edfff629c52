import { fold } from '../../text/words.ts';
import { endsSentence, isParagraph, linkShare } from '../features/view.ts';
import { typesOf } from '../metadata/json-ld.ts';
import type { Block } from '../parse/block.ts';
import type { OpenPage } from '../parse/open.ts';
import { ownTitles } from './verdict-titles.ts';

/** What is judged: the page, the text that was chosen of it, the scores of all its blocks, and its address. */
export interface Candidate {
  readonly page: OpenPage;
  readonly kept: readonly Block[];
  /** The lines of the page, what it says twice counted once (`saidOnce`). */
  readonly said: readonly Block[];
  readonly scores: Float32Array;
  readonly url: string;
  /** Folded titles, likeliest first; those that the page gives itself when left out. */
  readonly titles?: readonly string[] | undefined;
}

/** A candidate with what several features ask for, found once. */
interface Shape extends Candidate {
  readonly run: Run;
  readonly words: number;
  /** Words of all that the page says, and those of them in links. */
  readonly all: number;
  readonly linked: number;
  /** Lines that are one link of four words or more: headlines of other pages. */
  readonly listed: readonly Block[];
  readonly paragraphs: readonly Block[];
  readonly dated: readonly number[];
  /** Folded titles that the page gives itself, likeliest first. */
  readonly titles: readonly string[];
}

/** The longest run of chosen lines that no linked headline breaks: on a list each teaser is a run of its own. */
interface Run {
  readonly blocks: readonly Block[];
  readonly words: number;
  readonly first: number;
  readonly end: number;
  readonly text: string;
}

/** A line that is one link of so many words is a headline of another page. */
const isListed = (block: Block): boolean => block.words >= 4 && block.words <= 30 && linkShare(block) > 0.8;

/** Linked headlines on the page. */
export const countListed = (blocks: readonly Block[]): number =>
  blocks.reduce((n, block) => n + Number(isListed(block)), 0);

/** Lines between two chosen ones that do not end a run: a picture's caption, an advert. */
const longestGap = 4;

function longestRun(blocks: readonly Block[], kept: readonly Block[]): Run {
  let best: { readonly run: readonly Block[]; readonly length: number } = { run: [], length: 0 };
  let bestWords = 0;
  let run: Block[] = [];
  let words = 0;
  for (const block of kept) {
    const last = run.at(-1);
    const isBroken = (before: Block): boolean =>
      block.index - before.index > longestGap + 1 ||
      block.index <= before.index ||
      blocks.slice(before.index + 1, block.index).some(isListed);
    if (last && isBroken(last)) {
      run = [];
      words = 0;
    }
    run.push(block);
    words += block.words - block.linkWords;
    if (words > bestWords) {
      best = { run, length: run.length };
      bestWords = words;
    }
  }
  const longest = best.run.slice(0, best.length);
  return {
    blocks: longest,
    words: bestWords,
    first: longest[0]?.index ?? 0,
    end: (longest.at(-1)?.index ?? -1) + 1,
    text: fold(
      longest
        .map(({ text }) => text)
        .join(' ')
        .slice(0, 20_000),
    ).replace(spaced, ''),
  };
}

const dateLike = /(?:^|\D)(?:\d{1,2}[./:-]\d{1,2}|(?:19|20)\d\d)(?:\D|$)/;
const isDated = ({ text, words }: Block): boolean => words <= 14 && text.length < 120 && dateLike.test(text);

const dense = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Khmer}\p{sc=Lao}\p{sc=Myanmar}]{2,}/u;

const spaced = /(?<=\p{sc=Han}) (?=\p{sc=Han})/gu;

/** Stems of a title's longer words, pairs of characters where words are not set apart. */
function stemsOf(title: string): string[] {
  // '大 連 港' is one word, set with spaces.
  return title
    .replace(spaced, '')
    .split(' ')
    .flatMap((word) => {
      if (dense.test(word)) return Array.from({ length: word.length - 1 }, (_, index) => word.slice(index, index + 2));
      return word.length >= 4 ? [word.slice(0, Math.max(4, word.length - 2))] : [];
    });
}

/** Share of the title's words that the text uses: an article's headline is about its text, a site's name is not. */
function titleIn(text: string, title: string): number {
  const stems = new Set(stemsOf(title));
  let hits = 0;
  for (const stem of stems) if (text.includes(stem)) hits++;
  return stems.size === 0 ? -1 : hits / stems.size;
}

/** How near before the run a line stands that is (most of) the title of the page and no link: 1 beside it, 0 nowhere. */
function titleBefore({ page: { blocks, view }, run, titles }: Shape): number {
  for (let index = run.first + 1; index >= Math.max(0, run.first - 30); index--) {
    const block = blocks[index];
    if (!block || block.words < 2 || linkShare(block) > 0.5) continue;
    const line = view.folded[index] ?? '';
    if (line.length < 6) continue;
    const same = titles.some((title) => {
      const [short, long] = title.length < line.length ? [title, line] : [line, title];
      return short.length >= long.length * 0.4 && long.includes(short);
    });
    if (same) return 1 / (1 + Math.max(0, run.first - index) / 8);
  }
  return 0;
}

/** The largest number of listed headlines that a template writes alike. */
function sameShape(listed: readonly Block[]): number {
  const counts = new Map<number, number>();
  for (const { box } of listed) counts.set(box.template, (counts.get(box.template) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** How often the most frequent short linked line stands on the page: 'Read more' below each teaser. */
function repeatedLabel({ page: { blocks, view } }: Shape): number {
  const counts = new Map<string, number>();
  for (const block of blocks) {
    if (block.words > 5 || linkShare(block) < 0.5) continue;
    const line = view.folded[block.index] ?? '';
    if (line.length > 1 && !/^\d+$/.test(line)) counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

/** Links that are bare numbers: pages of a list. */
function pageNumbers({ page: { blocks } }: Shape): number {
  let count = 0;
  for (const { pieces, links } of blocks)
    if (links > 0)
      for (const { href, text } of pieces)
        if (href !== undefined && text.length < 6 && /^\s*\d{1,3}\s*$/.test(text)) count++;
  return count;
}

/** Links that dial a number: pages of firms and shops hold some. */
function phones(blocks: readonly Block[]): number {
  let count = 0;
  for (const { pieces, links } of blocks)
    if (links > 0) for (const { href } of pieces) if (href?.startsWith('tel:')) count++;
  return count;
}

const words = (blocks: readonly Block[]): number => blocks.reduce((sum, block) => sum + block.words, 0);
const share = (part: number, whole: number): number => part / Math.max(1, whole);
const yes = (condition: boolean): number => (condition ? 1 : 0);

const price = /[$€£¥₽₹₺]\s?\d|\d\s?[$€£¥₽₹₺]/;
/** Short lines that name a price. */
export const countPrices = (blocks: readonly Block[]): number =>
  blocks.filter(({ text, words }) => words <= 30 && price.test(text)).length;

const otherTypes: ReadonlySet<string> = new Set([
  ...['CollectionPage', 'SearchResultsPage', 'ItemList', 'Product', 'Offer', 'Service', 'LocalBusiness'],
  ...['FAQPage', 'ProfilePage', 'DiscussionForumPosting', 'QAPage', 'Event', 'JobPosting', 'SoftwareApplication'],
  ...['VideoObject', 'ImageGallery', 'ContactPage', 'AboutPage', 'Store', 'Organization', 'Course'],
  ...['RealEstateListing'],
]);

/** The address of a front page: no path, and no query that could name an article. */
export function isRoot(url: string): boolean {
  const { pathname, search } = URL.parse(url) ?? {};
  return search === '' && /^\/(?:index\.\w+)?$/.test(pathname ?? '');
}

/** Is the line before one a linked headline? Then what follows is its teaser. */
export function isTeased(blocks: readonly Block[], index: number): boolean {
  for (let i = index - 1; i >= Math.max(0, index - 3); i--) {
    const before = blocks[i];
    if (before && before.words >= 3) return linkShare(before) > 0.8;
  }
  return false;
}

/** Plain paragraphs outside the run that follow a linked headline: teasers. */
const teasers = ({ page: { blocks }, said, run }: Shape): number =>
  said.filter(
    (block) =>
      (block.index < run.first || block.index >= run.end) &&
      block.words >= 8 &&
      linkShare(block) < 0.5 &&
      isTeased(blocks, block.index),
  ).length;

/** What tells an article from a list, a form or a shop: name and value side by side. None of them knows a language. */
const features: readonly (readonly [string, (shape: Shape) => number])[] = [
  ['words', ({ words }) => Math.log1p(words)],
  ['paragraphs', ({ paragraphs }) => Math.min(30, paragraphs.length)],
  ['share', ({ words, all }) => share(words, all)],
  ['plainShare', ({ run, all, linked }) => share(run.words, all - linked)],
  [
    'meanScore',
    ({ kept, scores }) =>
      share(
        kept.reduce((sum, { index }) => sum + (scores[index] ?? 0), 0),
        kept.length,
      ),
  ],
  [
    'runScore',
    ({ run, scores }) =>
      share(
        run.blocks.reduce((sum, { index }) => sum + (scores[index] ?? 0), 0),
        run.blocks.length,
      ),
  ],
  ['listed', ({ listed }) => Math.min(120, listed.length)],
  ['listedPerParagraph', ({ listed, paragraphs }) => listed.length / (paragraphs.length + 1)],
  ['listedPerWord', ({ listed, run }) => (10 * listed.length) / (run.words + 10)],
  ['sameShape', ({ listed }) => Math.min(60, sameShape(listed))],
  ['runWords', ({ run }) => Math.log1p(run.words)],
  ['runShare', ({ run, words }) => share(run.words, words)],
  ['runBlocks', ({ run }) => Math.min(20, run.blocks.length)],
  [
    'runLinks',
    ({ run }) =>
      share(
        run.blocks.reduce((sum, { linkWords }) => sum + linkWords, 0),
        words(run.blocks),
      ),
  ],
  ['runLongest', ({ run }) => Math.log1p(Math.max(0, ...run.blocks.map((block) => block.words)))],
  ['runTeased', ({ page, run }) => yes(isTeased(page.blocks, run.first))],
  ['titleBefore', titleBefore],
  ['titleInRun', ({ titles, run }) => titleIn(run.text, titles[0] ?? '')],
  ['headInRun', ({ page, run }) => titleIn(run.text, fold(page.facts.title))],
  [
    'otherProse',
    ({ said, run }) =>
      Math.min(
        5,
        said.reduce(
          (sum, block) =>
            sum + ((block.index < run.first || block.index >= run.end) && isParagraph(block) ? block.words : 0),
          0,
        ) /
          (run.words + 1),
      ),
  ],
  ['teasers', (shape) => Math.min(40, teasers(shape))],
  [
    'dateNear',
    ({ dated, run }) =>
      yes(
        dated.some(
          (index) => (index >= run.first - 8 && index < run.first + 2) || (index >= run.end - 2 && index < run.end + 3),
        ),
      ),
  ],
  [
    'datesElsewhere',
    ({ dated, run }) => Math.min(40, dated.filter((index) => index < run.first - 8 || index >= run.end + 3).length),
  ],
  ['repeatedLabel', (shape) => Math.min(40, repeatedLabel(shape))],
  ['pageNumbers', (shape) => Math.min(12, pageNumbers(shape))],
  ['saysArticle', ({ page }) => yes(page.headline.article !== undefined)],
  ['ogArticle', ({ page }) => yes(/article/i.test(page.facts.meta.get('og:type')?.[0] ?? ''))],
  ['publishedTag', ({ page }) => yes(page.facts.meta.has('article:published_time'))],
  [
    'dated',
    ({ page }) => yes(page.facts.times.length > 0 || page.facts.meta.keys().some((name) => /publish|date/.test(name))),
  ],
  ['prices', ({ page }) => Math.min(30, countPrices(page.blocks))],
  [
    'inLists',
    ({ kept, words }) =>
      share(
        kept.reduce((sum, block) => sum + (block.inList || block.inTable ? block.words : 0), 0),
        words,
      ),
  ],
  ['code', ({ kept }) => Math.min(10, kept.filter(({ kind }) => kind === 'code').length)],
  ['keptHeadings', ({ kept }) => share(kept.filter(({ kind }) => kind === 'heading').length, kept.length)],
  ['author', ({ page }) => yes(page.view.authors.length > 0)],
  ['otherType', ({ page }) => yes(page.things.some((thing) => typesOf(thing).some((type) => otherTypes.has(type))))],
  ['rootPath', ({ url }) => yes(isRoot(url))],
  [
    'titleIsHeading',
    ({ page, titles }) =>
      yes(page.facts.headings.some(({ element, text }) => element.name === 'h1' && fold(text) === titles[0])),
  ],
  ['headings', ({ page }) => Math.min(30, page.facts.headings.length)],
  ['articles', ({ page }) => Math.min(30, page.boxes.filter((box) => box.name === 'article').length)],
  ['spread', ({ said, kept }) => share((kept.at(-1)?.index ?? 0) - (kept[0]?.index ?? 0) + 1, said.length)],
  ['between', ({ kept }) => share(kept.length, (kept.at(-1)?.index ?? 0) - (kept[0]?.index ?? 0) + 1)],
  ['linkShare', ({ linked, all }) => share(linked, all)],
  ['forms', ({ page }) => Math.min(10, page.facts.forms)],
  ['fields', ({ page }) => Math.log1p(page.boxes[0]?.fields ?? 0)],
  ['phones', ({ page }) => Math.min(5, phones(page.blocks))],
  ['parents', ({ kept }) => share(new Set(kept.map(({ box }) => box.parent)).size, kept.length)],
  ['longest', ({ kept }) => Math.log1p(Math.max(0, ...kept.map((block) => block.words)))],
  ['endsShare', ({ kept }) => share(kept.filter(({ text }) => endsSentence(text)).length, kept.length)],
  [
    'teaserHeads',
    ({ page, kept }) => share(kept.filter(({ index }) => isTeased(page.blocks, index)).length, kept.length),
  ],
  ['pageWords', ({ all }) => Math.log1p(all)],
  ['titleWords', ({ titles }) => Math.min(25, stemsOf(titles[0] ?? '').length)],
];

/** How far above the text a line is looked for that may be its headline, and how long such a line is. */
const headReach = 6;
const headWords = { least: 4, most: 30 } as const;

/** On a list the headline of each teaser is written alike, in a box of its own. */
const isAlone = (blocks: readonly Block[], { box }: Block): boolean =>
  !blocks.some((other) => other.box !== box && other.box.template === box.template && other.words >= headWords.least);

/**
 * Titles in other orders: the headline may have been told wrongly, or stand in no heading at all. Each title of some words that the page
 * gives itself, and the line above the text that is no link, takes its turn as the likeliest.
 */
export function otherTitles({ page, kept }: Pick<Candidate, 'page' | 'kept'>): readonly (readonly string[])[] {
  const own = ownTitles(page);
  const { first } = longestRun(page.blocks, kept);
  const above = page.blocks
    .slice(Math.max(0, first - headReach), first)
    .filter((block) => block.words >= headWords.least && block.words <= headWords.most && linkShare(block) < 0.5)
    .filter((block) => isAlone(page.blocks, block))
    .map(({ index }) => page.view.folded[index] ?? '');
  const told = [...own.slice(1).filter((title) => title.split(' ').length >= headWords.least), ...above];
  return [...new Set(told)].map((title) => [title, ...own.filter((each) => each !== title)]);
}

export const verdictFeatureNames: readonly string[] = features.map(([name]) => name);

/** One row of features, in the order of the names. */
export function verdictFeatures(candidate: Candidate): Float32Array {
  const { page, kept, said } = candidate;
  const shape: Shape = {
    ...candidate,
    run: longestRun(page.blocks, kept),
    words: words(kept),
    all: words(said),
    linked: said.reduce((sum, { linkWords }) => sum + linkWords, 0),
    listed: said.filter(isListed),
    paragraphs: kept.filter(isParagraph),
    dated: said.filter(isDated).map(({ index }) => index),
    titles: candidate.titles ?? ownTitles(page),
  };
  return Float32Array.from(features, ([, value]) => value(shape));
}
