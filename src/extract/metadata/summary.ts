import { decodeHTML } from 'entities';
import { fold, squeeze } from '../../text/words.ts';
import { type Thing, textOf, typesOf } from './json-ld.ts';
import type { PageFacts } from './page-facts.ts';

const houseTypes = /^(?:WebSite|Organization|NewsMediaOrganization|Corporation|Periodical|Newspaper|Blog)$/;

/**
 * What the page says of the article in a sentence or two: the first description in the head or the structured data that says more than
 * the title and the site's name, and that is not what the structured data says of the site.
 */
export function readSummary(
  facts: PageFacts,
  article: Thing | undefined,
  things: readonly Thing[],
  title: string,
  site: string | undefined,
): string | undefined {
  const none = new Set([fold(title), fold(site ?? ''), fold(facts.title), '']);
  for (const thing of things)
    if (typesOf(thing).some((type) => houseTypes.test(type)))
      for (const text of [thing.description, thing.slogan, thing.alternateName, thing.name])
        none.add(fold(textOf(text) ?? ''));
  for (const text of [
    facts.meta.get('og:description')?.[0],
    facts.meta.get('description')?.[0],
    textOf(article?.description),
    facts.meta.get('twitter:description')?.[0],
  ]) {
    const summary = squeeze(text?.includes('&') ? decodeHTML(text) : (text ?? ''));
    if (summary && !none.has(fold(summary))) return summary;
  }
  return undefined;
}

/**
 * Is a description the site's slogan, set on every page: does it name the site, and share no word with the title and the text, or begin
 * with the site's name and share none with the title? A good standfirst may share no word with either, but has no reason to name the
 * paper; without the name only some words that are no sentence are taken for a slogan.
 */
export function isSlogan(
  summary: string,
  title: string,
  text: string,
  site: string | undefined,
  host: string,
): boolean {
  const folded = fold(summary);
  const sharesWord = (words: readonly string[]): boolean => {
    const said = new Set(`${fold(title)} ${fold(text)}`.split(' '));
    return words.some((word) => word.length > 4 && said.has(word));
  };
  const name = fold(site ?? '');
  const label = fold(host.replace(/^www\./, '').replace(/\.[a-z.]+$/, '')).replace(/ /g, '');
  const namesSite =
    (name.length > 2 && ` ${folded} `.includes(` ${name} `)) ||
    (label.length > 3 && folded.replace(/ /g, '').includes(label));
  // 'News from both banks': some words that are no sentence and have nothing to do with the article.
  if (!namesSite) {
    const words = folded.split(' ');
    return words.length >= 3 && words.length < 8 && !/[.!?…]\p{Pf}?"?$/u.test(summary) && !sharesWord(words);
  }
  const own = new Set(name.split(' '));
  // 'Hillside Courier – news from the hills'
  const introduced =
    site !== undefined && summary.startsWith(site) && /^\s*(?:[-–—|:•]|$)/.test(summary.slice(site.length));
  if (introduced) {
    const headline = new Set(fold(title).split(' '));
    return !folded.split(' ').some((word) => word.length > 4 && !own.has(word) && headline.has(word));
  }
  return !sharesWord(folded.split(' ').filter((word) => word !== label && !own.has(word)));
}
