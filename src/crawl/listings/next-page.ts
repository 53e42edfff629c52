import { siteOf } from '../fetch/site.ts';
import wording from './data/next-page.json' with { type: 'json' };
import type { PageCollector } from './read-page.ts';

const anyOf = (lists: Readonly<Record<string, readonly string[]>>): string => Object.values(lists).flat().join('|');

/** Words and signs that sites write on the way to the next page of a list, where nothing else is written on it. */
const nextWords = new RegExp(
  `^(?:(?:${anyOf(wording.words)})(?:\\s+(?:${anyOf(wording.units)}))?\\s*[›»>→⟩]*|[›»>→⟩]+)$`,
  'iu',
);

/** Where an address may carry the number of a page: `/page/2`, `?page=2`, `/archive/2/`, `list-2.html`. */
const pageSlots = [
  /(?<=\/(?:page|pages|seite|pagina|pag|p|strana|stranica|str|sivu|sida|side)[/-]?)\d{1,4}(?=\/?(?:[?#]|$))/i,
  /(?<=[?&;](?:[\w-]*page[\w-]*|paged|pg|pagina|seite|strana|str|p|pn)=)\d{1,5}(?=&|$)/i,
  /(?<=[/_-])\d{1,3}(?=\/?(?:\.\w{2,5})?(?:[?#]|$))/,
];

/** Where it may carry how many entries come before: `?start=20`. */
const offsetSlot = /[?&;](?:start|offset|from|skip)=\d{1,5}(?=&|$)/i;

/** Longer addresses are no pages of a list. */
const longestAddress = 1000;

/** The number of the page that an address names. */
function pageNumber(address: string): number | undefined {
  if (address.length > longestAddress) return undefined;
  for (const slot of pageSlots) {
    const found = slot.exec(address);
    if (found) return Number(found[0]);
  }
  return undefined;
}

/**
 * The address of the page that goes on where this page of a list ends: what the page itself names as `rel=next`, else a
 * link with the number of the next page on it, or a word for 'next', whose address carries a page number. Only within
 * the site; undefined at the last page and on pages without pages.
 */
export function collectNextPage(pageUrl: string): PageCollector<string | undefined> {
  const page = new URL(pageUrl);
  const here = pageNumber(page.href);
  // Some count their pages from 0 on, and leave that number out.
  const isNext = (number: number | undefined) =>
    number !== undefined && (number === (here ?? 1) + 1 || (here === undefined && number === 1));
  let base = page;
  let anchor: { readonly url: URL; text: string } | undefined;
  let named: string | undefined;
  let byNumber: string | undefined;
  let byWord: string | undefined;

  const within = (href: string | undefined): URL | undefined => {
    const url = href === undefined ? null : URL.parse(href, base.href);
    if (!url || !/^https?:$/.test(url.protocol) || siteOf(url) !== siteOf(page)) return undefined;
    url.hash = '';
    return url.href === page.href ? undefined : url;
  };
  const finish = () => {
    if (!anchor) return;
    const { url } = anchor;
    const text = anchor.text.replace(/\s+/g, ' ').trim();
    anchor = undefined;
    if (!isNext(pageNumber(url.href)) && !offsetSlot.test(url.search)) return;
    if (text === `${(here ?? 1) + 1}`) byNumber ??= url.href;
    else if (text.length < 40 && nextWords.test(text)) byWord ??= url.href;
  };

  return {
    onopentag(name, attributes) {
      if (name === 'base') base = URL.parse(attributes.href ?? '', page.href) ?? base;
      if (name !== 'a' && name !== 'link') return;
      const relations = (attributes.rel ?? '').toLowerCase().split(/\s+/);
      const url = within(attributes.href);
      if (url && relations.includes('next')) named ??= url.href;
      if (name === 'a') {
        finish();
        // A sign or a picture for the eye, and the word for those who hear the page.
        if (url) anchor = { url, text: attributes['aria-label'] ?? '' };
      }
    },
    ontext(text) {
      if (anchor && anchor.text.length < 60) anchor.text += text;
    },
    onclosetag(name) {
      if (name === 'a') finish();
    },
    end() {
      finish();
      return named ?? byNumber ?? byWord;
    },
  };
}
