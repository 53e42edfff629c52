import type { Link, Page } from '../../domain/article.ts';
import { fold } from '../../text/words.ts';
import { gatherFindings } from '../decide/findings.ts';
import type { Findings } from '../features/findings.ts';
import { makeView, type View } from '../features/view.ts';
import { readThings, type Thing, textOf, typesOf } from '../metadata/json-ld.ts';
import { baseOf, type Headline, readHeadline } from '../metadata/metadata.ts';
import { namesIn } from '../metadata/names.ts';
import { type PageFacts, readFacts } from '../metadata/page-facts.ts';
import type { Block, Box, Picture } from './block.ts';
import { readBlocks } from './blocks.ts';
import { nameNotices } from './notices.ts';
import { selected } from './selected.ts';
import { Signal } from './signals.ts';
import { parseTree } from './tree.ts';

/** A page taken apart: everything that is known before a block is judged. */
export interface OpenPage {
  readonly facts: PageFacts;
  readonly things: readonly Thing[];
  readonly blocks: readonly Block[];
  readonly boxes: readonly Box[];
  readonly pictures: readonly Picture[];
  readonly headline: Headline;
  readonly view: View;
  readonly findings: Findings;
  /** What relative addresses of the page are relative to: its `<base>`, else its own address. */
  readonly baseUrl: string;
  /** Headlines of other articles in the structured data, folded. */
  readonly otherTitles: ReadonlySet<string>;
  /** Markup for readers without scripts. */
  readonly withoutScripts: readonly string[];
  /** Boxes that the operator's `keep` selectors name. */
  readonly wanted: readonly Box[];
}

export interface OpenOptions {
  readonly link?: Link | undefined;
  readonly keep?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
  /** Signals of names that say nothing in this reading, as bits. */
  readonly ignored?: number | undefined;
}

/** Parses a page once and gathers what tree, head and structured data say. */
export function openPage(page: Page, options: OpenOptions = {}): OpenPage {
  const tree = parseTree(page.html);
  const removed = selected(tree.document, options.remove);
  const wanted = selected(tree.document, options.keep);
  const facts = readFacts(tree.document);
  const things = readThings(tree.structuredData);
  const { blocks, boxes, pictures } = readBlocks(
    tree.document,
    removed.size > 0 ? removed : undefined,
    options.ignored,
  );
  const headline = readHeadline(facts, things, page.url, options.link, blocks);
  if (((options.ignored ?? 0) & Signal.consent) === 0) nameNotices(blocks, boxes, fold(headline.title));
  const view = makeView(blocks, boxes, {
    title: headline.title,
    titles: headline.votes.map((vote) => vote.value),
    authors: knownAuthors(facts, headline.article),
    summary: headline.summary ?? '',
    site: headline.site ?? '',
  });
  return {
    facts,
    things,
    blocks,
    boxes,
    pictures,
    headline,
    view,
    findings: gatherFindings(view, headline.articleBody),
    baseUrl: baseOf(facts, page.url),
    otherTitles: otherTitles(things, view.title),
    withoutScripts: tree.withoutScripts,
    wanted: wanted.size > 0 ? boxes.filter((box) => wanted.has(box.element)) : [],
  };
}

/** Headlines of the articles that the structured data names besides the page's own: those of a list in the sidebar. */
function otherTitles(things: readonly Thing[], title: string): Set<string> {
  const found = things.filter((thing) => typesOf(thing).some((type) => /(?:Article|BlogPosting)$/.test(type)));
  const own = new Set(title.split(' '));
  // The page's own node may word its headline otherwise.
  const isOther = (words: readonly string[]): boolean =>
    words.filter((word) => own.has(word)).length < words.length * 0.4;
  const folded = found.map((thing) => fold(textOf(thing.headline) ?? ''));
  return new Set(folded.filter((line) => line.length > 8 && isOther(line.split(' '))));
}

/** Author names that are known before the text is, to tell bylines and author boxes. */
function knownAuthors(facts: PageFacts, article: Thing | undefined): string[] {
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
