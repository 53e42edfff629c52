import type { ExtractedArticle, Link, Page } from '../domain/article.ts';
import { mendTwiceEncoded } from '../text/twice-encoded.ts';
import { fold } from '../text/words.ts';
import { bylinesIn, namesOf } from './boilerplate/boilerplate.ts';
import { type Decision, decide, steps, votesOn } from './decide/decide.ts';
import { boilerplateEverywhere } from './decide/findings.ts';
import { secondReading } from './decide/second-reading.ts';
import {
  type BlockPrints,
  isTagline,
  markOf,
  printOf,
  printsOf,
  rememberedIn,
  type SiteMemory,
} from './decide/site-memory.ts';
import { isForSubscribers } from './decide/subscribers.ts';
import { judge, type Verdict } from './decide/verdict.ts';
import { shareElsewhere } from './decide/verdict-second-look.ts';
import { textElsewhere } from './elsewhere/elsewhere.ts';
import { foldedText } from './features/view.ts';
import { type Metadata, readMetadata } from './metadata/metadata.ts';
import type { Block } from './parse/block.ts';
import { type OpenPage, openPage } from './parse/open.ts';
import { renderMarkdown } from './render/markdown.ts';
import { renderHtml, renderText } from './render/render.ts';

export interface ExtractOptions {
  /** What is remembered of the site; see `site-memory.ts`. */
  readonly memory?: SiteMemory | undefined;
  /** The operator's CSS selectors of what is always text and of what never is. A selector that is none is passed over. */
  readonly keep?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
  /** What the feed, sitemap or section page said of the article: a further voice on title, date and author, and on whether it is one. */
  readonly link?: Link | undefined;
  readonly explain?: boolean | undefined;
}

/** One block of the page and why it was kept or not. */
export interface ExplainedBlock {
  readonly text: string;
  readonly kept: boolean;
  /** The trained scorer's probability, 0…1. */
  readonly score: number;
  /** Scorers that want it: `container`, `paragraphs`, `span`, `structured`. */
  readonly votes: readonly string[];
  /** Names of the rules against it. */
  readonly rules: readonly string[];
}

export interface Explanation {
  /** The step of the cascade that gave the text, and why. */
  readonly step: string;
  readonly blocks: readonly ExplainedBlock[];
  /** Candidates of each field with origin and weight. */
  readonly metadata: Metadata['votes'];
}

export interface Extraction {
  readonly article: ExtractedArticle;
  readonly verdict: Verdict;
  /** For `learn` of site memory; found when asked for. */
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
    return extract({ ...page, html: mendTwiceEncoded(page.html) }, options);
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
      blocks: { page: markOf(page.url, ''), kept: [], dropped: [] },
      local: {},
      markdown: () => '',
    };
  }
}

function extract(page: Page, options: ExtractOptions): Extraction {
  const first = openPage(page, options);
  const { open, decision: shown } = secondReading(page, options, { open: first, decision: decide(first) });
  const { blocks, view, headline, facts, things } = open;
  const decision = textElsewhere(open, page.url, page.html, shown) ?? shown;
  const mark = markOf(page.url, headline.title);
  let found: ReadonlyMap<Block, string> | undefined;
  const prints = (): ReadonlyMap<Block, string> => {
    found ??= new Map(decision.kept.map((block) => [block, printOf(foldedText(view, block))]));
    return found;
  };
  const remembered = options.memory ? rememberedIn(options.memory, prints(), mark) : new Set<Block>();
  const wanted = open.wanted.flatMap((box) => blocks.slice(box.first, box.end));
  const read = withWanted(decision.kept, wanted);
  const kept = withWanted(
    decision.kept.filter((block) => !remembered.has(block)),
    wanted,
  );
  const text = renderText(kept);
  const metadata = readMetadata({
    facts,
    things,
    headline,
    url: page.url,
    link: options.link,
    blocks,
    pictures: open.pictures,
    bodyFirst: kept[0]?.index ?? 0,
    bodyEnd: (kept.at(-1)?.index ?? -1) + 1,
    text,
    bylines: bylinesIn(blocks, open.findings.boilerplate, kept[0]?.index ?? 0, (kept.at(-1)?.index ?? -1) + 1),
  });
  const { votes, local, ...fields } = metadata;
  const { summary } = headline;
  const isOwn = summary === undefined || !options.memory || !isTagline(options.memory, summary, mark);
  const verdict = judge(open, {
    url: page.url,
    kept,
    read,
    scores: decision.scores,
    metadata,
    link: options.link,
    elsewhere: options.memory ? shareElsewhere(options.memory, { page: mark, kept: [...prints().values()] }) : 0,
  });
  const chosen = new Set(kept);
  const forSubscribers = isForSubscribers(kept, metadata.paywalled);
  return {
    article: {
      title: headline.title,
      ...fields,
      summary: isOwn ? fields.summary : undefined,
      paywalled: fields.paywalled || forSubscribers,
      stub: forSubscribers
        ? 'subscribers'
        : isDescription(decision, text, headline.summary)
          ? 'description'
          : undefined,
      text,
      html: renderHtml(kept, open.baseUrl),
    },
    verdict,
    get blocks() {
      return printsOf(view, prints(), mark, summary);
    },
    local,
    markdown: () => renderMarkdown(kept, open.baseUrl),
    explain: options.explain ? explain(open, decision, { votes, chosen, remembered }) : undefined,
  };
}

/** Is the text what the page says of itself, and no more? Then the article stands elsewhere, and must not go out as whole. */
function isDescription({ step }: Decision, text: string, summary: string | undefined): boolean {
  if (step === 'summary') return true;
  if (!summary || text === '') return false;
  const [said, shown] = [fold(summary.replace(/(?:…|\.\.\.)\s*$/, '')), fold(text)];
  return said.includes(shown) || (said.length > 40 && shown.startsWith(said) && shown.length < said.length * 1.2);
}

function explain(
  open: OpenPage,
  decision: Decision,
  {
    votes,
    chosen,
    remembered,
  }: { votes: Metadata['votes']; chosen: ReadonlySet<Block>; remembered: ReadonlySet<Block> },
): Explanation {
  const boilerplate = boilerplateEverywhere(open.view, open.findings);
  return {
    step: `${decision.step}: ${steps[decision.step]}`,
    blocks: open.blocks.map((block, i): ExplainedBlock => {
      const { votes: wants, score, rules } = votesOn(open, decision.scores, boilerplate, i);
      const names = namesOf(rules).map((rule) => rule.name);
      if (remembered.has(block)) names.push('site-memory');
      return { text: block.text, kept: chosen.has(block), score, votes: wants, rules: names };
    }),
    metadata: votes,
  };
}

/** What was chosen and what the operator wants, in reading order. */
function withWanted(kept: readonly Block[], wanted: readonly Block[]): readonly Block[] {
  if (wanted.length === 0) return kept;
  return [...new Set([...kept, ...wanted])].sort((a, b) => a.index - b.index);
}
