import { decodeHTML } from 'entities';
import { excerpt } from '../../text/excerpt.ts';
import { fold, squeeze } from '../../text/words.ts';
import { beginsWith } from '../boilerplate/vocabulary.ts';
import type { Block } from '../parse/block.ts';
import type { Element } from '../parse/node.ts';
import { type Thing, textOf } from './json-ld.ts';
import { type Marked, type PageFacts, textOf as textOfElement } from './page-facts.ts';
import {
  lineAboveText,
  namesSiteOnly,
  titleSeparator as separators,
  shownPart,
  standsBelowText,
} from './shown-title.ts';
import { elect, type Vote } from './vote.ts';

/** In characters; no headline with a site's name is longer. */
const longestTitle = 1000;

/** A page title without the site's name: the segments at the ends that name the site or the section are cut off. */
export function stripSite(title: string, site: string | undefined, host: string): string {
  const siteFolded = fold(site ?? '');
  const hostFolded = fold(host.replace(/^www\./, '').replace(/\.[a-z.]+$/, '')).replace(/ /g, '');
  const namesSite = (segment: string): boolean => {
    const folded = fold(segment);
    const joined = folded.replace(/ /g, '');
    if (joined === '') return true;
    return (
      (siteFolded !== '' &&
        (folded === siteFolded || folded.startsWith(`${siteFolded} `) || folded.endsWith(` ${siteFolded}`))) ||
      (hostFolded.length > 2 && (joined.includes(hostFolded) || (joined.length > 3 && hostFolded.includes(joined))))
    );
  };
  if (title.length > longestTitle) return title;
  let rest = withoutEnd(title, site);
  for (let round = 0; round < 3; round++) {
    const cuts = [...rest.matchAll(separators)];
    const last = cuts.at(-1);
    const first = cuts[0];
    if (last && namesSite(rest.slice(last.index + last[0].length))) rest = rest.slice(0, last.index);
    else if (first && namesSite(rest.slice(0, first.index))) rest = rest.slice(first.index + first[0].length);
    else break;
  }
  return rest.trim() || title;
}

/** Cuts off a site's name that itself holds separators. */
function withoutEnd(title: string, site: string | undefined): string {
  if (!site || site.length < 3 || !title.endsWith(site)) return title;
  const rest = title.slice(0, -site.length);
  const cut = /\s*[|–—·•»«:/\\│-]+\s*$/.exec(rest);
  return cut && cut.index > 0 ? rest.slice(0, cut.index) : title;
}

/**
 * The headline by vote: what the page's structured data, social tags, top headings and title element say, compared without site
 * names and punctuation. Votes for (nearly) the same headline add up, but the tags of the head, which are often copies of one another,
 * not beyond one voice and a half. Of the winning group the form that stands on the page wins.
 */
export function voteTitle(
  facts: PageFacts,
  article: Thing | undefined,
  site: string | undefined,
  url: string,
  feedTitle: string | undefined,
  blocks: readonly Block[],
): { title: string; votes: readonly Vote[] } {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const votes: Vote[] = [];
  const add = (origin: string, value: string | undefined, weight: number): void => {
    if (!value) return;
    const clean = stripSite(squeeze(decode(value)), site, host);
    if (clean.length > 1) votes.push({ origin, value: excerpt(clean, longestTitle), weight });
  };
  const known = new Map<string, Words>();
  const wordsOf = (value: string): Words => {
    let words = known.get(value);
    if (!words) {
      words = new Words(value);
      known.set(value, words);
    }
    return words;
  };
  add('json-ld', textOf(article?.headline) ?? textOf(article?.name), 1);
  add('microdata', facts.properties.get('headline')?.[0]?.text, 0.7);
  add('og', facts.meta.get('og:title')?.[0], 1);
  add('twitter', facts.meta.get('twitter:title')?.[0], 0.5);
  add(
    'meta',
    facts.meta.get('title')?.[0] ??
      facts.meta.get('dc.title')?.[0] ??
      facts.meta.get('sailthru.title')?.[0] ??
      facts.meta.get('parsely-title')?.[0],
    0.5,
  );
  add('feed', feedTitle, 0.9);
  const pageTitle = squeeze(decode(facts.title)).slice(0, longestTitle);
  const siteOnly = votes.length === 0 && pageTitle !== '' && namesSiteOnly(pageTitle, blocks);
  const headline = withoutSections(pageTitle, facts);
  add('title', headline === pageTitle ? facts.title : headline, siteOnly ? 0.1 : 0.4);
  add('line', shownPart(headline, blocks), 0.6);

  const saidOf = (heading: string): boolean =>
    votes.some((vote) => startsLike(vote.value, heading) || agreement(wordsOf(vote.value), wordsOf(heading)) >= 0.8);
  const told = new Set(votes.map(({ value }) => value));
  const isOther = (heading: string): boolean => !saidOf(heading) && standsBelowText(heading, told, blocks);
  const headings = mainHeadings(facts, site, host)
    .filter(({ text }) => !isOther(text))
    .map(({ element, text }) => {
      const heads = new Set(votes.map(({ value }) => fold(value)));
      return heads.has(fold(text)) ? text : (withoutEnds(element).find((part) => heads.has(fold(part))) ?? text);
    });
  // The only first-level heading may name the section; then the headline is a lesser heading that the head confirms.
  const lesser =
    headings.length > 0 && !headings.some(saidOf)
      ? [...facts.headings.filter(({ element }) => element.name === 'h2'), ...facts.subheadings]
          .map(({ text }) => squeeze(decode(text)))
          .find((text) => wordsOf(text).list.length >= 4 && votes.some(({ value }) => isHeadOf(value, text)))
      : undefined;
  if (lesser) headings.unshift(lesser);
  for (const [i, heading] of headings.entries()) {
    const confirmed = saidOf(heading);
    const alone =
      headings.length === 1 &&
      !(wordsOf(heading).list.length <= 2 && votes.some((vote) => wordsOf(vote.value).list.length >= 5));
    add('h1', heading, alone || confirmed ? 2 : i === 0 ? 1.2 : 0.4);
  }
  if (headings.length === 0) {
    if (siteOnly) add('line', lineAboveText(blocks), 0.5);
    for (const heading of lesserHeadings(facts, headline)) if (!isOther(heading)) add('h2', heading, 0.35);
  }

  const best = elect(votes, (vote) => supportOf(vote, votes, wordsOf));
  if (!best) return { title: '', votes };
  const winner = best;
  const shown = votes.find((vote) => isShownForm(vote, winner.value, wordsOf));
  // 'Kicker: headline' in the head: a short headline says little without its kicker.
  const short = shown && wordsOf(shown.value).list.length <= 5 ? `: ${shown.value}` : undefined;
  const kicker = short ? votes.find(({ origin, value }) => copies.has(origin) && value.endsWith(short)) : undefined;
  return { title: (kicker ?? shown ?? winner).value, votes };
}

/** Does a vote give the winning headline as readers see it? */
function isShownForm({ origin, value }: Vote, winner: string, wordsOf: (value: string) => Words): boolean {
  if (origin === 'line') return winner.includes(value);
  if (origin !== 'h1' && !(origin === 'h2' && leads(winner, value))) return false;
  return (
    agreement(wordsOf(value), wordsOf(winner)) >= 0.7 || startsLike(winner, value) || winner.endsWith(`: ${value}`)
  );
}

const copies = new Set(['og', 'twitter', 'meta', 'title']);

function supportOf(vote: Vote, votes: readonly Vote[], wordsOf: (value: string) => Words): number {
  let weight = vote.weight * 0.2;
  let copied = 0;
  let most = 0;
  for (const other of votes) {
    const share = other.weight * agreement(wordsOf(vote.value), wordsOf(other.value));
    if (!copies.has(other.origin)) weight += share;
    else {
      copied += share;
      most = Math.max(most, share);
    }
  }
  return weight + Math.min(copied, most * 1.5);
}

/** Texts of the first-level headings that may be the article's: not the masthead, not the heading of a list, not the site's name. */
function mainHeadings(facts: PageFacts, site: string | undefined, host: string): Marked[] {
  const title = fold(decode(facts.title));
  const texts = new Map<string, Marked>();
  for (const { element, text } of facts.headings) {
    if (element.name !== 'h1' || text.length < 4) continue;
    const folded = fold(text);
    if (
      folded === '' ||
      folded === fold(site ?? '') ||
      folded.replace(/ /g, '') === fold(host.replace(/^www\./, '')).replace(/ /g, '') ||
      linksHome(element)
    )
      continue;
    // 'Headline | This heading': what ends the title of the page and does not begin it is the site's name or slogan.
    const isShorter = title.length > folded.length * 2;
    if (isShorter && title.endsWith(` ${folded}`) && isLastPart(facts.title, text)) continue;
    if (!texts.has(folded) && texts.size < 6) texts.set(folded, { element, text: squeeze(decode(text)) });
  }
  const headings = [...texts].filter(([folded]) => beginsWith('leadIn', folded) === 0);
  return (headings.length > 0 ? headings : [...texts]).map(([, heading]) => heading);
}

/** Lesser headings, which hold the headline where there is no other: the first of them, and one that the title of the page begins with. */
function lesserHeadings(facts: PageFacts, title: string): string[] {
  const first = facts.headings.filter((heading) => heading.element.name === 'h2').map(({ text }) => text);
  const told = facts.subheadings.map(({ text }) => text).filter((text) => leads(title, text));
  return [...first.filter((text) => text.length > 15 || leads(title, text)).slice(0, 3), ...told.slice(0, 1)];
}

/** Texts of a heading without its first and without its last part, where these are elements of their own: a kicker, a note for screen readers. */
function withoutEnds(heading: Element): string[] {
  const parts = heading.children.map((child) => (child.type === 'tag' ? textOfElement(child) : squeeze(child.data)));
  const told = parts.filter((part) => part !== '');
  return told.length < 2 ? [] : [told.slice(1), told.slice(0, -1)].map((rest) => squeeze(decode(rest.join(' '))));
}

/** Does a separator stand before the text that ends the title? */
const isLastPart = (title: string, text: string): boolean =>
  fold(title.split(separators).at(-1) ?? '') === fold(text) && !/^[^|]{1,30}:\s/.test(title);

/** Is the heading the link to the site's front page? */
function linksHome(heading: Element): boolean {
  const links = heading.children.filter((child) => child.type === 'tag' && child.name === 'a');
  const link = links.length === 1 ? links[0] : heading.parent;
  if (link?.type !== 'tag' || link.name !== 'a' || link.attribs.href === undefined) return false;
  return /^(?:https?:\/\/[^/?#]+)?\/?(?:index\.\w+)?$/i.test(link.attribs.href.trim());
}

/** 'Headline | Magazine for anglers': the headline, a separator, and more that `stripSite` cannot know for the site's. */
function startsLike(title: string, heading: string): boolean {
  if (heading.length < 8 || title.length <= heading.length) return false;
  return title.startsWith(heading) && /^\s*[|–—·•»«›>:/\\│-]/.test(title.slice(heading.length));
}

/** A section is named in so few words, and a headline in so many. */
const sectionWords = 3;
const headlineWords = 5;

/** Begins the title as its main part: in 'News - Business - Headline' the headline follows, and what begins it names the section. */
function leads(title: string, heading: string): boolean {
  if (!startsLike(title, heading)) return false;
  const parts = title.slice(heading.length).split(separators);
  const words = wordsIn(heading);
  const isSection = words <= sectionWords && Math.max(...parts.map(wordsIn)) >= Math.max(headlineWords, words * 2);
  return heading.length * 2 >= Math.max(...parts.map((part) => part.length)) && !isSection;
}

const wordsIn = (text: string): number => fold(text).split(' ').filter(Boolean).length;

const isHeadOf = (title: string, heading: string): boolean => fold(title) === fold(heading) || leads(title, heading);

/** Fewer words than this after the sections are no headline. */
const leastRest = 4;

/**
 * The page title from where its sections end: a heading names them, and what follows has a heading of its own, or the heading is a path of
 * links or of several names.
 */
function withoutSections(title: string, facts: PageFacts): string {
  const headings = [...facts.headings, ...facts.subheadings].map(({ element, text }) => ({
    element,
    text: squeeze(decode(text)),
  }));
  const long = headings.map(({ text }) => (wordsIn(text) >= leastRest ? fold(text) : ''));
  for (const [at, { element, text }] of headings.entries()) {
    if (text.length < 3 || !title.startsWith(text)) continue;
    const cut = afterSection.exec(title.slice(text.length));
    const rest = cut ? title.slice(text.length + cut[0].length) : '';
    const [next = ''] = rest.split(separators);
    if (wordsIn(rest) < leastRest || wordsIn(text) >= wordsIn(next)) continue;
    const isPath = (text.split(separators).length > 1 || isLinked(element)) && !leads(title, text);
    // The masthead stands above the headline, not below it.
    if (isPath || long.indexOf(fold(next), at + 1) > 0) return rest;
  }
  return title;
}

const afterSection = /^\s*[|–—·•»«›>:/\\│-]+\s*/;

/** Does a link stand in the heading? */
const isLinked = (heading: Element): boolean =>
  heading.children.some((child) => child.type === 'tag' && child.name === 'a');

/** A title's words, folded once for all comparisons. */
class Words {
  readonly folded: string;
  readonly list: readonly string[];
  readonly set: ReadonlySet<string>;
  constructor(title: string) {
    this.folded = fold(title);
    this.list = this.folded.split(' ');
    this.set = new Set(this.list);
  }
}

/** 1 for the same words, the share of common words when it is high, else 0. */
function agreement(a: Words, b: Words): number {
  if (a.folded === b.folded) return 1;
  let common = 0;
  for (const word of a.list) if (b.set.has(word)) common++;
  const share = (2 * common) / (a.list.length + b.set.size);
  return share >= 0.7 ? share : 0;
}

/** Entities that were escaped twice, and inline tags. */
const decode = (text: string): string =>
  (text.includes('&') ? decodeHTML(decodeHTML(text)) : text).replace(
    /<\/?(?:em|i|b|strong|span|br|sup|sub)\b[^>]{0,100}>/gi,
    '',
  );
