import classNames from '../data/class-names.json' with { type: 'json' };
import { finderOf, startsOf } from './automaton.ts';

/**
 * What an element's class, id, role and similar attributes say of it, as bits: one concept a bit.
 * The names are the habits of the trade (WordPress, Drupal, AMP, BEM, …), not of one site.
 */
export const Signal = {
  body: 1 << 0,
  content: 1 << 1,
  title: 1 << 2,
  standfirst: 1 << 3,
  byline: 1 << 4,
  date: 1 << 5,
  caption: 1 << 6,
  media: 1 << 7,
  related: 1 << 8,
  share: 1 << 9,
  newsletter: 1 << 10,
  comments: 1 << 11,
  navigation: 1 << 12,
  side: 1 << 13,
  footer: 1 << 14,
  tags: 1 << 15,
  advert: 1 << 16,
  wall: 1 << 17,
  hidden: 1 << 18,
  legal: 1 << 19,
  embed: 1 << 20,
  widget: 1 << 21,
  box: 1 << 22,
  teaser: 1 << 23,
  paragraph: 1 << 24,
  bio: 1 << 25,
  tool: 1 << 26,
  live: 1 << 27,
  consent: 1 << 28,
} as const;

/** Signals of elements that hold something else than the article. */
export const foreign =
  Signal.related |
  Signal.share |
  Signal.newsletter |
  Signal.comments |
  Signal.navigation |
  Signal.side |
  Signal.footer |
  Signal.tags |
  Signal.advert |
  Signal.wall |
  Signal.hidden |
  Signal.legal |
  Signal.widget |
  Signal.teaser |
  Signal.bio |
  Signal.tool |
  Signal.consent;

const patterns = Object.entries(classNames.patterns).map(
  ([name, list]) => [Signal[name as keyof typeof Signal], new RegExp(list.join('|'))] as const,
);

/**
 * Most names hold none of the beginnings, so that most patterns need not be tried: trying all of them on all names was a tenth of the
 * time of a page.
 */
const possibleIn = finderOf(
  patterns.flatMap(([bit, pattern]) => startsOf(pattern.source).map((start) => [bit, start] as const)),
);

/** Tokens that say what an element goes with or lacks (`has-caption`, `no-sidebar`, `label-hidden`), not what it is. */
const aside =
  /(?:^| )(?:has|have|with|without|contains|no|non|not|label|overflow|field--?label)[-_][\w-]+|accredit[\w-]*/g;
/** WordPress writes the article's own tags, categories and state into the class of its element. */
const filed = /(?:^| )(?:tag|category|format|type|status|has|post|author|series|topic)-[\w-]+/g;
const article = /\b(?:hentry|status-publish|type-post|type-article)\b/;

/** Bits for one attribute text. */
export function signalsOf(names: string): number {
  // camelCase to kebab-case, so that word edges are visible; numbers say nothing
  let text = names.length > 300 ? names.slice(0, 300) : names;
  if (/[^a-z0-9 _-]/.test(text)) text = text.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  if (/\d\d/.test(text)) text = text.replace(/\d{2,}/g, '0');
  const possible = possibleIn(text);
  if (possible === 0) return 0;
  if (text.length > 6) {
    text = text.replace(aside, ' ');
    if (article.test(text)) text = text.replace(filed, ' ');
  }
  let bits = 0;
  for (const [bit, pattern] of patterns) if (possible & bit && pattern.test(text)) bits |= bit;
  return bits;
}
