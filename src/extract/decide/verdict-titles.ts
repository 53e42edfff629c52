import type { Link } from '../../domain/article.ts';
import { fold } from '../../text/words.ts';
import { linkShare } from '../features/view.ts';
import type { OpenPage } from '../parse/open.ts';

/** Who speaks of the page alone, not of what it lists: the head, and what marks the headline. */
const headOrigins = new Set(['json-ld', 'microdata', 'og', 'twitter', 'meta', 'title']);

/** Folded titles that the page gives itself, likeliest first. What the feed says of it is none, or it would prove itself. */
export function ownTitles({ headline, blocks }: OpenPage): readonly string[] {
  const own = headline.votes.filter(({ origin }) => headOrigins.has(origin) || origin === 'h1');
  const first = own.filter(({ origin }) => origin === 'h1');
  const heads = new Set(
    blocks.filter((block) => block.level === 1 && linkShare(block) < 0.5).map(({ text }) => fold(text)),
  );
  const chosen = fold(headline.title);
  const titles = own
    // Of several first-level headings, or of one that is a link, nobody knows that it is the page's.
    .filter(({ origin, value }) => origin !== 'h1' || (first.length === 1 && heads.has(fold(value))))
    .sort((a, b) => b.weight - a.weight)
    .map(({ value }) => fold(value));
  return [...new Set(titles.includes(chosen) ? [chosen, ...titles] : titles)].filter((title) => title !== '');
}

const dense = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;

/** Names of sections are shorter than headlines: four words, or eight characters where words are not set apart. */
const isLong = (title: string): boolean => title.split(' ').length >= 4 || (dense.test(title) && title.length >= 8);

/**
 * Whoever lists the page (a feed, a sitemap, a section page) under the headline that the page gives itself says that it is an article, be it
 * a brief beside many headlines.
 */
export function isVouchedFor(titles: readonly string[], link: Link | undefined): boolean {
  const announced = fold(link?.title ?? '');
  if (!isLong(announced)) return false;
  return titles.some(
    (title) =>
      isLong(title) && (announced === title || title.startsWith(`${announced} `) || announced.startsWith(`${title} `)),
  );
}
