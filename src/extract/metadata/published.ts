import { type FoundDate, findDate } from './dates.ts';
import { type Thing, textOf } from './json-ld.ts';
import type { Marked, PageFacts } from './page-facts.ts';
import type { Vote } from './title.ts';

const publishedNames = [
  'article:published_time', 'article:published', 'og:published_time', 'og:article:published_time', 'datepublished', 'parsely-pub-date',
  'sailthru.date', 'cxenseparse:recs:publishtime', 'publishdate', 'publish-date', 'publish_date', 'published_date', 'published-date', 'pubdate', 'publication_date',
  'date_published', 'dc.date.issued', 'dcterms.issued', 'dc.date.created', 'dcterms.created', 'dcterms.date', 'dc.date', 'date', 'displaydate', 'originalpublicationdate',
  'article.published', 'article.created', 'article_date_original', 'creation_date', 'datecreated', 'citation_publication_date', 'citation_online_date', 'release_date', 'shareaholic:article_published_time',
  'rbpubdate', 'gentime', 'pdate', 'ptime', 'timestamp', 'bt:pubdate', 'analyticsattributes.articledate', 'video:release_date', 'last-modified-original',
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

/**
 * Structured data first (right on 99 % of news pages), then tags, then marked elements near the headline, then the address, then what the
 * lines around the headline say. A later voice of the same day may add the time or the zone that the first one lacks.
 */
export function voteDates(
  facts: PageFacts,
  article: Thing | undefined,
  things: readonly Thing[],
  lang: string | undefined,
  url: string,
  lines: readonly string[],
  feed: { published?: string | undefined; updated?: string | undefined },
): Dates {
  const votes: Vote[] = [];
  const published: { date: FoundDate; weight: number }[] = [];
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

  add('json-ld', textOf(article?.datePublished), 10);
  addModified(textOf(article?.dateModified));
  for (const name of publishedNames) {
    const value = facts.meta.get(name)?.[0];
    if (value)
      add(name, value, name.startsWith('article:published') ? 9 : name === 'date' || name === 'dc.date' ? 7 : 8);
  }
  for (const marked of facts.properties.get('datepublished') ?? []) if (add('microdata', dateOf(marked), 8.5)) break;
  for (const marked of facts.properties.get('datecreated') ?? []) if (add('microdata', dateOf(marked), 7)) break;
  for (const name of modifiedNames) addModified(facts.meta.get(name)?.[0]);
  addModified(dateOf(facts.properties.get('datemodified')?.[0]));
  if (!article)
    for (const thing of things)
      if (thing.datePublished ?? thing.uploadDate)
        if (add('json-ld other', textOf(thing.datePublished ?? thing.uploadDate), 6.5)) break;

  for (const marked of facts.times) {
    const names = `${marked.element.attribs.class ?? ''} ${marked.element.attribs.itemprop ?? ''}`;
    if (
      /updat|modif|edit/i.test(names) ||
      /^(?:updated|modified|last|aktualisiert|mis à jour|actualizado)/i.test(marked.text)
    ) {
      addModified(dateOf(marked));
      continue;
    }
    const certain = marked.element.attribs.pubdate !== undefined || /publish|entry-date|posted/i.test(names);
    if (add('time', dateOf(marked), certain ? 6 : 5)) break;
  }
  add('address', dateInAddress(url), 4.5);
  const sure = published.some(({ weight }) => weight >= 8);
  if (!sure)
    for (const marked of facts.dates) {
      const names = `${marked.element.attribs.class ?? ''} ${marked.element.attribs.id ?? ''}`;
      if (marked.text.length > 160 || /updat|modif|comment|footer|copyright|header-date|current|today/i.test(names))
        continue;
      if (add('class', marked.text, /publish|post|article|entry|story/i.test(names) ? 4.4 : 4)) break;
    }
  if (published.length === 0) for (const line of lines) if (add('line', line, 3)) break;
  add('feed', feed.published, 7.5);

  published.sort((a, b) => b.weight - a.weight);
  const first = published[0]?.date;
  let best = first;
  if (first && (!first.hasTime || !first.hasZone))
    best =
      published.find(({ date, weight }) => weight >= 5 && date.hasTime && date.hasZone && sameMoment(date, first))
        ?.date ??
      published.find(
        ({ date, weight }) =>
          weight >= 5 && date.hasTime && !first.hasTime && date.local.slice(0, 10) === first.local.slice(0, 10),
      )?.date ??
      first;
  const changed = modified.find((date) => date.hasTime) ?? modified[0];
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

/** The same wall clock, or the same day when the first has no time. */
const sameMoment = (date: FoundDate, first: FoundDate): boolean =>
  date.local.slice(0, 10) === first.local.slice(0, 10) &&
  (!first.hasTime || date.local.slice(0, 16) === first.local.slice(0, 16));

function dateOf(marked: Marked | undefined): string | undefined {
  if (!marked) return undefined;
  const a = marked.element.attribs;
  const value = a.datetime ?? a.content;
  return value && /\d/.test(value) ? value : marked.text;
}

/** `/2026/11/22/`, `/2026-11-22-`, `/20261122/` in a path. */
function dateInAddress(url: string): string | undefined {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const match =
    /(?<!\d)(20[0-3]\d|199\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?!\d)/.exec(path) ??
    /[/_-](20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/.exec(path);
  return match ? `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}` : undefined;
}
