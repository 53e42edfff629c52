import { dayMs } from '../../domain/time.ts';
import { type FoundDate, findDate, foundAt } from '../../text/dates/find-date.ts';
import { fold } from '../../text/words.ts';
import type { Element } from '../parse/node.ts';
import { datedParts } from './date-labels.ts';
import type { Evidence } from './evidence.ts';
import { textOf, typesOf } from './json-ld.ts';
import { type Marked, textOf as textOfElement } from './page-facts.ts';
import { isOwnFooter, lineWith, type Surroundings } from './surroundings.ts';
import { elect, type Vote } from './vote.ts';

const publishedNames = [
  'article:published_time', 'article:published', 'og:published_time', 'og:article:published_time', 'datepublished', 'parsely-pub-date',
  'sailthru.date', 'cxenseparse:recs:publishtime', 'publishdate', 'publish-date', 'publish_date', 'published_date', 'published-date', 'pubdate', 'publication_date',
  'date_published', 'dc.date.issued', 'dcterms.issued', 'dc.date.created', 'dcterms.created', 'dcterms.date', 'dc.date', 'date', 'displaydate', 'originalpublicationdate',
  'article.published', 'article.created', 'article_date_original', 'creation_date', 'datecreated', 'citation_publication_date', 'citation_online_date', 'release_date', 'shareaholic:article_published_time',
  'rbpubdate', 'pdate', 'ptime', 'timestamp', 'bt:pubdate', 'analyticsattributes.articledate', 'video:release_date', 'last-modified-original',
]; // biome-ignore format: a table
const modifiedNames = [
  'article:modified_time', 'og:updated_time', 'datemodified', 'article:updated_time', 'lastmod', 'last-modified', 'last_updated', 'dc.date.modified', 'dcterms.modified', 'dcterms.available', 'article:modified', 'revised', 'modified',
]; // biome-ignore format: a table

/** When a page was published and changed, by vote with origin. */
export interface Dates {
  readonly published: FoundDate | undefined;
  readonly modified: FoundDate | undefined;
  readonly votes: readonly Vote[];
}

interface Candidate {
  readonly date: FoundDate;
  readonly weight: number;
}

/**
 * Structured data first (right on 99 % of news pages), then tags, then marked elements near the headline, then the address, then what the
 * lines around the headline say. A mark that stands apart from the headline is that of another article. A later voice of the same day may
 * add the time or the zone that the first one lacks.
 */
export function voteDates({ facts, article, own, title, lang, url, around, blocks, first, link }: Evidence): Dates {
  const votes: Vote[] = [];
  const published: Candidate[] = [];
  const modified: FoundDate[] = [];
  const add = (origin: string, text: string | undefined, weight: number): boolean => {
    const date = text ? findDate(text, lang) : undefined;
    if (!date) return false;
    published.push({ date, weight });
    votes.push({ origin, value: date.local, weight });
    return true;
  };
  const addModified = (text: string | undefined): void => {
    const date = text ? findDate(text, lang) : undefined;
    if (date) modified.push(date);
  };

  /** A line as people read it: a date behind 'updated' is that of the change. */
  const addLine = (origin: string, line: string, weight: number): boolean => {
    const parts = datedParts(line);
    addModified(parts.changed);
    return add(origin, parts.published, weight);
  };

  add('json-ld', textOf(article?.datePublished), 10);
  addModified(textOf(article?.dateModified));
  for (const name of publishedNames) {
    const value = facts.meta.get(name)?.[0];
    if (value)
      add(name, value, name.startsWith('article:published') ? 9 : name === 'date' || name === 'dc.date' ? 7 : 8);
  }
  const dated = facts.properties.get('datepublished') ?? [];
  for (const { marked, near } of nearestFirst(dated, around))
    if (add('microdata', dateOf(marked), near || dated.length === 1 ? 9.2 : 8.5)) break;
  for (const marked of facts.properties.get('datecreated') ?? []) if (add('microdata', dateOf(marked), 7)) break;
  for (const name of modifiedNames) addModified(facts.meta.get(name)?.[0]);
  addModified(dateOf(facts.properties.get('datemodified')?.[0]));
  // The node of the page may know what that of the article lacks.
  for (const thing of own) {
    const isPage = typesOf(thing).some((type) => /^(?:WebPage|ItemPage)$/.test(type));
    if (isPage) addModified(textOf(thing.dateModified));
    const known = isPage && !article?.datePublished ? 9 : 6.5;
    // A film on the page may be older than what is written about it.
    const about = thing.datePublished ? known : fold(textOf(thing.name) ?? '') === fold(title) ? 6.5 : 2.5;
    if (add('json-ld page', textOf(thing.datePublished ?? thing.uploadDate), about)) break;
  }

  const address = dateInAddress(url);
  for (const { marked, near } of nearestFirst(facts.times, around)) {
    const names = `${marked.element.attribs.class ?? ''} ${marked.element.attribs.itemprop ?? ''}`;
    if (standsElsewhere(marked.element, title)) continue;
    const parts = datedParts(marked.text);
    if (/updat|modif|edit/i.test(names) || (parts.changed !== undefined && parts.published === undefined)) {
      if (near) addModified(dateOf(marked));
      continue;
    }
    const certain = marked.element.attribs.pubdate !== undefined || /publish|entry-date|posted/i.test(names);
    const beside = near || isNextDay(dateOf(marked), address);
    if (add('time', dateOf(marked), (certain ? 6 : 5) - (beside ? 0 : 2.2))) break;
  }
  add('address', address, 4.5);
  if (!published.some(({ weight }) => weight >= 8))
    for (const { marked, near } of nearestFirst(facts.dates, around)) {
      const names = `${marked.element.attribs.class ?? ''} ${marked.element.attribs.id ?? ''}`;
      if (
        marked.text.length > 160 ||
        /updat|modif|comment|(?<!(?:post|entry|article|asset|story|content|news)[-_]{0,2})footer|copyright|header-?date|current|today|clock/i.test(
          names,
        ) ||
        standsElsewhere(marked.element, title)
      )
        continue;
      const named = /publish|post|article|entry|story/i.test(names) ? 4.4 : 4;
      if (addLine('class', dateOf(marked) ?? marked.text, near ? named : named - 1.6)) break;
    }
  if (!published.some(({ weight }) => weight >= 3)) {
    const lines = [...around.head, ...around.tail];
    for (const line of lines) if (addLine('line', line, 3)) break;
    for (const { text } of blocks.slice(first, first + 2)) if (add('opening', text.slice(0, 70), 2.9)) break;
  }
  if (!published.some(({ weight }) => weight >= 4))
    add('picture', dateInAddress(facts.meta.get('og:image')?.[0] ?? ''), 2.6);
  add('feed', link?.published, 7.5);

  published.sort((a, b) => b.weight - a.weight);
  const changed = modified.find((date) => date.hasTime) ?? modified[0];
  let best = withTime(published);
  if (!best && changed) {
    votes.push({ origin: 'modified', value: changed.local, weight: 2 });
    best = changed;
  }
  return {
    published: best,
    modified: changed && best && changed.instant !== best.instant ? changed : undefined,
    votes,
  };
}

/** A day in ISO 8601 at most one day away from that of the address, which some sites set when an article is begun. */
function isNextDay(date: string | undefined, address: string | undefined): boolean {
  if (!address || !date || !/^\d{4}-\d\d-\d\d/.test(date)) return false;
  return Math.abs(Date.parse(date.slice(0, 10)) - Date.parse(address)) <= dayMs;
}

const elsewhere =
  /(?:^|[\s_-])(?:comments?|comment-?list|disqus|replies|footer|copyright|related|recommend\w*|sidebar|most-?read|trending|widget)(?:$|[\s_-])/i;

/** Does an element stand in the comments, the footer or a list of other articles? Not if the headline stands there as well. */
function standsElsewhere(element: Element, title: string): boolean {
  if (isOwnFooter(element)) return false;
  const folded = fold(title);
  for (let node = element.parent; node?.type === 'tag' && node.name !== 'body'; node = node.parent) {
    const names = `${node.attribs.class ?? ''} ${node.attribs.id ?? ''}`;
    if (node.name !== 'footer' && node.name !== 'aside' && !elsewhere.test(names)) continue;
    return folded === '' || !fold(textOfElement(node)).includes(folded);
  }
  return false;
}

/** Marked elements: those that stand about the headline, nearest first, then the others. */
function nearestFirst(marked: readonly Marked[], around: Surroundings): { marked: Marked; near: boolean }[] {
  const all = marked.map((each) => ({ marked: each, line: lineWith(each.text, around.head) }));
  return [
    ...all.filter(({ line }) => line >= 0).sort((a, b) => a.line - b.line),
    ...all.filter(({ line }) => line < 0),
  ].map(({ marked: each, line }) => ({ marked: each, near: line >= 0 }));
}

/** The strongest date, with the time and the zone that others know of it. */
function withTime(published: readonly Candidate[]): FoundDate | undefined {
  const strongest = elect(published, ({ weight }) => weight);
  if (!strongest) return undefined;
  const first = strongest.date;
  if (!first.hasTime || !first.hasZone)
    return (
      published.find(
        ({ date, weight }) => (weight >= 5 || first.hasTime) && date.hasTime && date.hasZone && sameMoment(date, first),
      )?.date ??
      published.find(
        ({ date, weight }) =>
          weight >= 4.4 && date.hasTime && !first.hasTime && date.local.slice(0, 10) === first.local.slice(0, 10),
      )?.date ??
      first
    );
  return first.local.endsWith('Z') ? onSiteClock(first, published) : first;
}

/**
 * An instant in UTC as the site's own clock shows it, when another voice tells the same instant with an offset, or shows a clock that
 * differs from it by whole quarters of an hour: near midnight the day depends on it.
 */
function onSiteClock(first: FoundDate, published: readonly Candidate[]): FoundDate {
  const same = published.find(
    ({ date }) => date.hasTime && date.instant === first.instant && !date.local.endsWith('Z'),
  );
  if (same) return same.date;
  for (const { date, weight } of published) {
    if (
      weight < 5 ||
      !date.hasTime ||
      !date.local.endsWith('Z') ||
      date.local.slice(0, 10) === first.local.slice(0, 10)
    )
      continue;
    const ahead = (Date.parse(date.instant) - Date.parse(first.instant)) / 60_000;
    if (ahead !== 0 && ahead % 15 === 0 && ahead >= -12 * 60 && ahead <= 14 * 60)
      return foundAt(Date.parse(first.instant), ahead);
  }
  return first;
}

/** The same wall clock, or the same day when the first has no time. */
const sameMoment = (date: FoundDate, first: FoundDate): boolean =>
  date.local.slice(0, 10) === first.local.slice(0, 10) &&
  (!first.hasTime || date.local.slice(0, 16) === first.local.slice(0, 16));

/** Attributes that scripts count from; `tree.ts` keeps them. */
const dateAttributes = [
  'data-date',
  'data-time',
  'data-datetime',
  'data-timestamp',
  'data-published',
  'data-utc',
  'data-epoch',
];

function dateOf(marked: Marked | undefined): string | undefined {
  if (!marked) return undefined;
  const a = marked.element.attribs;
  const value = a.datetime ?? a.content;
  if (value && /\d/.test(value)) return value;
  // '2 months ago': the day stands in the tooltip or in what the script counts from.
  if (findDate(marked.text) !== undefined) return marked.text;
  const told = [a.title, ...dateAttributes.map((name) => a[name])];
  return told.find((each) => each !== undefined && findDate(each) !== undefined) ?? marked.text;
}

/** `/2026/11/22/`, `/2026-11-22-`, `/20261122/` in a path. */
function dateInAddress(url: string): string | undefined {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const match =
    /(?<!\d)(20[0-3]\d|199\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?!\d)/.exec(path) ??
    /[/_-](20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/.exec(path);
  return match ? `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}` : undefined;
}
