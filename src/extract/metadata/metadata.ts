import type { ExtractedArticle, Link } from '../../domain/article.ts';
import { resolveAddress } from '../../text/address.ts';
import { agencyIn, agencyInDateline } from '../../text/agencies.ts';
import type { FoundDate } from '../../text/dates/find-date.ts';
import { fold, squeeze } from '../../text/words.ts';
import { guessLanguage, isWrittenIn, normalizeLanguage, wordShare } from '../language.ts';
import type { Block, Picture } from '../parse/block.ts';
import { voteByline } from './byline.ts';
import type { Evidence } from './evidence.ts';
import { articleThing, isThing, type PageIdentity, pageThings, type Thing, textOf, typesOf } from './json-ld.ts';
import { isBylineLine, isLabelLine } from './name-words.ts';
import type { PageFacts } from './page-facts.ts';
import { voteImage } from './picture.ts';
import { voteDates } from './published.ts';
import { isSlogan, readSummary } from './summary.ts';
import { surroundingsOf } from './surroundings.ts';
import { voteTitle } from './title.ts';
import type { Vote } from './vote.ts';

/** What is needed of the page before its blocks are judged: the headline and who wrote it tell boilerplate from text. */
export interface Headline {
  readonly title: string;
  readonly site: string | undefined;
  readonly article: Thing | undefined;
  readonly summary: string | undefined;
  /** The text as the structured data gives it. */
  readonly articleBody: string | undefined;
  readonly votes: readonly Vote[];
}

/** First round: title, site and the structured data of the article. */
export function readHeadline(
  facts: PageFacts,
  things: readonly Thing[],
  url: string,
  link: Link | undefined,
  blocks: readonly Block[],
): Headline {
  const article = articleThing(things, identityOf(facts, url));
  const host = URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '';
  const publisher = things.find((thing) =>
    typesOf(thing).some((type) => /^(?:NewsMediaOrganization|WebSite)$/.test(type)),
  );
  const site = squeeze(
    facts.meta.get('og:site_name')?.[0] ??
      textOf(article?.publisher) ??
      textOf(publisher?.name) ??
      facts.meta.get('application-name')?.[0] ??
      facts.meta.get('apple-mobile-web-app-title')?.[0] ??
      '',
  );
  const named = site && site.length < 80 && !/^https?:/.test(site) ? site : undefined;
  const { title, votes } = voteTitle(facts, article, named, url, link?.title, blocks);
  const body = textOf(article?.articleBody) ?? liveBodies(article);
  return {
    title,
    site: named ?? (host || undefined),
    article,
    summary: readSummary(facts, article, things, title, named),
    articleBody: body && body.length > 80 ? body : undefined,
    votes,
  };
}

/** What the page says of itself: by it the article's own node is known. */
const identityOf = (facts: PageFacts, url: string): PageIdentity => ({
  urls: [url, canonical(facts, baseOf(facts, url)), facts.meta.get('og:url')?.[0]].filter((each) => each !== undefined),
  titles: [
    facts.title,
    ...(facts.meta.get('og:title') ?? []),
    ...facts.headings.filter(({ element }) => element.name === 'h1').map(({ text }) => text),
  ],
});

/** What relative addresses of a page are resolved against. */
export const baseOf = (facts: PageFacts, url: string): string => resolveAddress(facts.base, url) ?? url;

/** A live blog's text stands in its updates. */
function liveBodies(article: Thing | undefined): string | undefined {
  const updates = article?.liveBlogUpdate;
  if (!Array.isArray(updates)) return undefined;
  return updates
    .slice(0, 300)
    .map((update) => (isThing(update) ? (textOf(update.articleBody) ?? '') : ''))
    .join('\n');
}

export type Metadata = Omit<ExtractedArticle, 'text' | 'html' | 'title'> & {
  readonly votes: Readonly<Record<string, readonly Vote[]>>;
  /** `published` and `modified` with the page's own offset from UTC; a day without a time is its midnight in UTC, as in `published`. */
  readonly local: { readonly published?: string | undefined; readonly modified?: string | undefined };
};

/** Second round, with the blocks at hand: lines around the headline, pictures, and the text's own language. */
export function readMetadata(input: {
  readonly facts: PageFacts;
  readonly things: readonly Thing[];
  readonly headline: Headline;
  readonly url: string;
  readonly link: Link | undefined;
  readonly blocks: readonly Block[];
  readonly pictures: readonly Picture[];
  /** Index of the first kept block, and the kept text. */
  readonly bodyFirst: number;
  readonly bodyEnd: number;
  readonly text: string;
  /** Lines that the boilerplate rules took for the byline. */
  readonly bylines: readonly string[];
}): Metadata {
  const { facts, things, headline, url, link, blocks } = input;
  const article = headline.article;
  const lang = readLanguage(facts, article, input.text);
  const around = surroundingsOf(blocks, input.bodyFirst, input.bodyEnd, headline.title);
  const lines = [...around.head, ...around.tail];
  // A label may stand in a line, or a cell, of its own.
  const labelled = lines.flatMap((line, index) =>
    isLabelLine(line) ? [`${line.replace(/[:：]$/, '')}: ${lines[index + 1] ?? ''}`] : [],
  );
  const bylines = [...lines.filter(isBylineLine).slice(0, 2), ...labelled.slice(0, 1), ...input.bylines];
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const base = baseOf(facts, url);
  const evidence: Evidence = {
    facts,
    things,
    article,
    own: pageThings(things, identityOf(facts, url)).filter((thing) => thing !== article),
    title: headline.title,
    site: headline.site,
    url,
    base,
    host,
    lang,
    link,
    blocks,
    pictures: input.pictures,
    first: input.bodyFirst,
    end: input.bodyEnd,
    around,
    bylines,
  };
  const byline = voteByline(evidence);
  const dates = voteDates(evidence);
  const image = voteImage(evidence);
  const section = squeeze(facts.meta.get('article:section')?.[0] ?? textOf(article?.articleSection) ?? '');
  return {
    byline: byline.byline,
    published: dates.published?.instant,
    modified: dates.modified?.instant,
    local: { published: localTime(dates.published), modified: localTime(dates.modified) },
    lang,
    site: headline.site,
    image: image.image,
    section: section && section.length < 80 ? section : undefined,
    tags: readTags(facts, article),
    canonicalUrl: canonical(facts, base),
    agency: readAgency(input.text, [...byline.byline, ...byline.organisations], blocks, input.bodyFirst, input.bodyEnd),
    paywalled: isPaywalled(facts, article),
    liveBlog: article ? typesOf(article).includes('LiveBlogPosting') : false,
    opinion: isOpinion(article, section, url),
    summary:
      headline.summary && isSlogan(headline.summary, headline.title, input.text, headline.site, host)
        ? undefined
        : headline.summary,
    votes: { title: headline.votes, byline: byline.votes, published: dates.votes, image: image.votes },
  };
}

const localTime = (date: FoundDate | undefined): string | undefined =>
  date && !date.hasTime ? `${date.local}T00:00:00Z` : date?.local;

function readLanguage(facts: PageFacts, article: Thing | undefined, text: string): string | undefined {
  const declared =
    normalizeLanguage(facts.lang) ??
    normalizeLanguage(textOf(article?.inLanguage)) ??
    normalizeLanguage(facts.meta.get('og:locale')?.[0]) ??
    normalizeLanguage(facts.meta.get('content-language')?.[0]) ??
    normalizeLanguage(facts.meta.get('language')?.[0]);
  const base = declared?.split('-')[0];
  if (base && isWrittenIn(text, base)) return declared;
  const guess = guessLanguage(text);
  if (!declared) return guess?.language;
  // Templates are sold with lang="en"; a text of another language for sure overrules what they declare.
  if (
    guess &&
    base &&
    base !== guess.language &&
    !areNeighbours(base, guess.language) &&
    (guess.confidence > 0.6 || wordShare(text, base) < wordShare(text, guess.language) * 0.4)
  )
    return guess.language;
  return declared;
}

const neighbours = [
  'hr sr bs sh sl me mk bg',
  'no nb nn da sv',
  'id ms',
  'cs sk',
  'es gl ca pt',
  'ru uk be',
  'hi mr ne',
  'fa ur ar ps ku',
  'zh ja yue',
  'it co',
  'nl af fy',
];
const areNeighbours = (a: string, b: string): boolean =>
  neighbours.some((group) => group.split(' ').includes(a) && group.split(' ').includes(b));

const mostTags = 30;

function readTags(facts: PageFacts, article: Thing | undefined): readonly string[] {
  const tags = new Map<string, string>();
  const add = (value: unknown): void => {
    for (const each of Array.isArray(value) ? value : [value]) {
      const text = textOf(each);
      if (!text) continue;
      // Some pages list every tag of the site.
      for (const part of text.slice(0, 4_000).split(/[,;]/)) {
        if (tags.size >= mostTags) return;
        const tag = squeeze(part);
        if (tag && tag.length <= 60 && !/^https?:/.test(tag) && !tags.has(fold(tag))) tags.set(fold(tag), tag);
      }
    }
  };
  add(facts.meta.get('article:tag'));
  add(article?.keywords);
  if (tags.size === 0)
    add(facts.meta.get('news_keywords') ?? facts.meta.get('keywords') ?? facts.meta.get('parsely-tags'));
  return [...tags.values()];
}

function canonical(facts: PageFacts, url: string): string | undefined {
  for (const value of [facts.canonical, facts.meta.get('og:url')?.[0]]) {
    const resolved = resolveAddress(value, url);
    if (resolved !== undefined) return resolved;
  }
  return undefined;
}

/** The agency that a byline, a dateline in brackets, or a signature line names. */
function readAgency(
  text: string,
  byline: readonly string[],
  blocks: readonly Block[],
  first: number,
  end: number,
): string | undefined {
  for (const name of byline) {
    const agency = agencyIn(name);
    if (agency) return agency;
  }
  const dateline = agencyInDateline(text);
  if (dateline) return dateline;
  for (const block of blocks.slice(Math.max(first, end - 4), end + 3))
    if (
      block.words <= 12 &&
      /(?:[©(/]|source|quelle|fuente|fonte|izvor|извор|источник|джерело|zdroj|źródło)/iu.test(block.text)
    ) {
      const agency = agencyIn(block.text);
      if (agency) return agency;
    }
  return undefined;
}

function isPaywalled(facts: PageFacts, article: Thing | undefined): boolean {
  const free = article?.isAccessibleForFree;
  if (free === false || (typeof free === 'string' && /^false$/i.test(free))) return true;
  const tier = facts.meta.get('article:content_tier')?.[0] ?? facts.meta.get('og:article:content_tier')?.[0];
  return tier === 'locked' || tier === 'metered';
}

const isOpinion = (article: Thing | undefined, section: string, url: string): boolean =>
  (article !== undefined && typesOf(article).includes('OpinionNewsArticle')) ||
  /^(?:opinions?|comment(?:ary|isfree)?|op-?eds?|columns?|columnists?|editorials?|meinung|kommentare?|opinión|opinion|opinião|opinioni|tribunes?|kolumnen?|kolumne|komentari?|мнения|мнение|думка|görüş|yazarlar)$/iu.test(
    section.trim(),
  ) ||
  /\/(?:opinions?|commentisfree|op-?ed|editorials?|meinung|kolumnen?|opinione?s?|tribunes?|columnistas?)\//i.test(url);
