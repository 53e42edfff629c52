import { load } from 'cheerio';
import type { Element } from 'domhandler';
import type { ExtractedArticle, Link, Page } from '../article.ts';
import { readBlocks } from './blocks.ts';
import { decide, type Opinion } from './decide.ts';
import { namesOf } from './furniture/furniture.ts';
import { renderMarkdown } from './markdown.ts';
import { namesIn } from './metadata/byline.ts';
import { readThings, textOf } from './metadata/json-ld.ts';
import { type Metadata, readHeadline, readMetadata } from './metadata/metadata.ts';
import { readFacts } from './metadata/page-facts.ts';
import { renderHtml, renderText } from './render.ts';
import { type BlockPrints, pagesWith, printOf, type SiteMemory } from './site-memory.ts';
import { parseTree } from './tree.ts';
import { judge, type Verdict } from './verdict.ts';
import { makeView } from './view.ts';

export interface ExtractOptions {
  /** What is remembered of the site; see `site-memory.ts`. */
  readonly memory?: SiteMemory | undefined;
  /** The operator's CSS selectors of what is always text and of what never is. A selector that is none is passed over. */
  readonly keep?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
  /** What the feed said of the article: a further voice on title, date and author. */
  readonly link?: Link | undefined;
  readonly explain?: boolean | undefined;
}

/** One block of the page and why it was kept or not. */
export interface ExplainedBlock {
  readonly text: string;
  readonly kept: boolean;
  /** Scorers that want it, as `container`, `paragraphs`, `passage`, `structured`. */
  readonly votes: readonly string[];
  /** Names of the rules against it. */
  readonly rules: readonly string[];
}

export interface Explanation {
  /** The step of the cascade that gave the text, and why. */
  readonly step: string;
  readonly blocks: readonly ExplainedBlock[];
  readonly metadata: Metadata['votes'];
}

export interface Extraction {
  readonly article: ExtractedArticle;
  readonly verdict: Verdict;
  /** For `learn` of site memory. */
  readonly blocks: BlockPrints;
  /** `published` and `modified` with the offset from UTC that the page gave. */
  readonly local: Metadata['local'];
  /** The text as CommonMark; made when asked for. */
  markdown(): string;
  readonly explain?: Explanation | undefined;
}

/**
 * Takes the article out of a page. Pure and synchronous; never throws, and takes bounded time on any input: a page that cannot be read
 * ends as rejected. What was learnt of the page comes back in `blocks`; hand it to `learn` and store the result.
 */
export function extractArticle(page: Page, options: ExtractOptions = {}): Extraction {
  try {
    return extract(page, options);
  } catch (error) {
    return {
      article: {
        title: options.link?.title ?? '',
        byline: [],
        tags: [],
        paywalled: false,
        liveBlog: false,
        opinion: false,
        text: '',
        html: '',
      },
      verdict: {
        kind: 'rejected',
        reason: 'unparseable',
        detail: error instanceof Error ? error.message : String(error),
      },
      blocks: { page: '', lines: [] },
      local: {},
      markdown: () => '',
    };
  }
}

function extract(page: Page, options: ExtractOptions): Extraction {
  const tree = parseTree(page.html);
  const removed = select(tree.document, options.remove);
  const wanted = select(tree.document, options.keep);
  const facts = readFacts(tree.document);
  const things = readThings(tree.structuredData);
  const { blocks, boxes, pictures, boxOf } = readBlocks(tree.document, removed.size > 0 ? removed : undefined);
  const headline = readHeadline(facts, things, page.url, options.link);
  const view = makeView(blocks, boxes, {
    title: headline.title,
    titles: headline.votes.map((vote) => vote.value),
    authors: knownAuthors(facts, headline.article),
    summary: headline.summary ?? '',
    site: headline.site ?? '',
  });
  const decision = decide(view, headline.articleBody);
  const opinions = [...decision.opinions];

  for (const element of wanted) {
    const box = boxOf.get(element);
    if (box) for (let i = box.first; i < box.end; i++) opinions[i] = { ...(opinions[i] as Opinion), kept: true };
  }
  const mark = printOf(view.title || page.url);
  const prints = new Map<number, string>();
  for (const [i, opinion] of opinions.entries()) if (opinion.kept) prints.set(i, printOf(view.folded[i] ?? ''));
  const remembered = options.memory ? rememberedIn(options.memory, prints, mark, blocks) : new Set<number>();

  const kept = blocks.filter((_, i) => opinions[i]?.kept && !remembered.has(i));
  const text = renderText(kept);
  const metadata = readMetadata({
    facts,
    things,
    headline,
    url: page.url,
    link: options.link,
    blocks,
    pictures,
    bodyFirst: kept[0]?.index ?? 0,
    bodyEnd: (kept.at(-1)?.index ?? -1) + 1,
    text,
  });
  const { votes, local, ...fields } = metadata;
  const article: ExtractedArticle = { title: headline.title, ...fields, text, html: renderHtml(kept, page.url) };
  const verdict = judge({
    url: page.url,
    title: headline.title,
    kept,
    blocks,
    facts,
    things,
    article: headline.article,
    metadata,
  });
  return {
    article,
    verdict,
    blocks: { page: mark, lines: [...new Set(prints.values())] },
    local,
    markdown: () => renderMarkdown(kept, page.url),
    explain: options.explain
      ? {
          step: decision.step,
          blocks: blocks.map((block, i) => explainBlock(block.text, opinions[i], remembered.has(i))),
          metadata: votes,
        }
      : undefined,
  };
}

/** Elements that the operator's selectors name. */
function select(document: Parameters<typeof load>[0] & object, selectors: readonly string[] | undefined): Set<Element> {
  const found = new Set<Element>();
  if (!selectors || selectors.length === 0) return found;
  const $ = load(document);
  for (const selector of selectors.slice(0, 100)) {
    try {
      for (const element of $(selector).toArray()) found.add(element as unknown as Element);
    } catch {
      // Not a selector: the catalogue's check tells the operator; here it names nothing.
    }
  }
  return found;
}

/** Author names that are known before the text is, to tell bylines and author boxes. */
function knownAuthors(
  facts: ReturnType<typeof readFacts>,
  article: Readonly<Record<string, unknown>> | undefined,
): string[] {
  const names: string[] = [];
  const authors = article?.author;
  for (const each of Array.isArray(authors) ? authors.slice(0, 10) : [authors]) {
    const name = textOf(each);
    if (name && !name.startsWith('http')) names.push(...namesIn(name));
  }
  for (const name of ['author', 'article:author', 'parsely-author', 'sailthru.author', 'dc.creator'])
    for (const value of facts.meta.get(name) ?? []) if (!/^https?:/.test(value)) names.push(...namesIn(value));
  for (const marked of facts.authors.slice(0, 3)) if (marked.text.length < 80) names.push(...namesIn(marked.text));
  return names.filter((name) => name.includes(' ') || name.length > 6);
}

/**
 * Lines that stood on other pages of the site. A short line needs one other page, a paragraph two; and when they are a large part of the
 * text, this is a second copy of an article and not furniture, so that only what stood on three other pages counts.
 */
function rememberedIn(
  memory: SiteMemory,
  prints: ReadonlyMap<number, string>,
  page: string,
  blocks: readonly { readonly words: number }[],
): Set<number> {
  const least = (strict: boolean): Set<number> => {
    const found = new Set<number>();
    for (const [i, print] of prints) {
      const needed = strict ? 3 : (blocks[i]?.words ?? 0) >= 20 ? 2 : 1;
      if (pagesWith(memory, print, page) >= needed) found.add(i);
    }
    return found;
  };
  const sum = (indexes: Iterable<number>): number =>
    [...indexes].reduce((words, i) => words + (blocks[i]?.words ?? 0), 0);
  const found = least(false);
  return sum(found) > sum(prints.keys()) * 0.4 ? least(true) : found;
}

function explainBlock(text: string, opinion: Opinion | undefined, remembered: boolean): ExplainedBlock {
  const votes: string[] = [];
  if (opinion?.container) votes.push('container');
  if (opinion?.paragraphs) votes.push('paragraphs');
  if (opinion?.passage) votes.push('passage');
  if ((opinion?.structured ?? 0) > 0.6) votes.push('structured');
  const rules = namesOf(opinion?.rules ?? 0).map((rule) => rule.name);
  if (remembered) rules.push('site-memory');
  return {
    text: text.length > 120 ? `${text.slice(0, 117)}...` : text,
    kept: (opinion?.kept ?? false) && !remembered,
    votes,
    rules,
  };
}
