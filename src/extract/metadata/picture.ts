import type { Image } from '../../domain/article.ts';
import { resolveAddress } from '../../text/address.ts';
import { squeeze } from '../../text/words.ts';
import type { Block, Picture } from '../parse/block.ts';
import { Signal } from '../parse/signals.ts';
import type { Evidence } from './evidence.ts';
import { imageUrlOf, lookUp } from './json-ld.ts';
import type { PageFacts } from './page-facts.ts';
import { elect, type Vote } from './vote.ts';

/** Words of an address that say that the picture is none of the article's: between them and other words stands no letter ('iconic' is no icon). */
const notPhoto = new RegExp(
  `(?<![a-z])(?:${[
    'logos?',
    'icons?',
    'favicon',
    'avatars?',
    'placeholder',
    'sprites?',
    'blank',
    'spacer',
    'pixel',
    'fallback',
    'loading',
    'authors?',
    'autorenportraet',
    'gravatar',
    'badges?',
    'og-?image',
    'social-?share',
    'vgwort',
    'brand',
    'transparent',
    'beacon',
    'counter',
    'default[-_]?(?:image|img|og|share|social|thumb|photo)',
  ].join('|')})(?![a-z])|\\/default\\.|\\.svg(?:\\?|$)|1x1|\\.gif(?:\\?|$)`,
  'i',
);

/** The lead image by vote: social tags, structured data, and the first large picture of the article; with its caption and credit. */
export function voteImage({ facts, article, things, base, pictures, blocks, first: bodyFirst, link }: Evidence): {
  image: Image | undefined;
  votes: readonly Vote[];
} {
  const votes: Vote[] = [];
  const absolute = (value: string | undefined): string | undefined => resolveAddress(value, base);
  const add = (origin: string, value: string | undefined, weight: number): void => {
    const resolved = absolute(value);
    if (resolved) votes.push({ origin, value: resolved, weight: notPhoto.test(resolved) ? weight * 0.3 : weight });
  };
  add(
    'og',
    facts.meta.get('og:image')?.[0] ??
      facts.meta.get('og:image:url')?.[0] ??
      facts.meta.get('og:image:secure_url')?.[0],
    1,
  );
  add('json-ld', imageUrlOf(lookUp(article?.image, things)) ?? imageUrlOf(article?.thumbnailUrl), 0.95);
  add('twitter', facts.meta.get('twitter:image')?.[0] ?? facts.meta.get('twitter:image:src')?.[0], 0.6);
  add('microdata', imageIn(facts), 0.4);
  add('image_src', facts.linkedImage, 0.4);
  add('feed', link?.image, 0.5);
  // Signals that the text itself stands under are the template's, not the picture's.
  const foreign = notLead & ~(blocks[bodyFirst]?.box.above ?? 0);
  const end = leadEnd(blocks, bodyFirst);
  const near = pictures.filter(
    (picture) =>
      picture.before >= bodyFirst - 25 &&
      picture.before <= Math.max(end, bodyFirst + 12) &&
      !isSmall(picture) &&
      !(picture.box.above & foreign) &&
      !notPhoto.test(picture.url) &&
      (inFigure(picture) || /\.(?:jpe?g|webp|avif|png)\b/i.test(picture.url)),
  );
  // The page's own rendering of the picture that the head names is the lead; else the first picture of a figure at the top of the text.
  const named = new Set(votes.flatMap((vote) => tokensOf(vote.value)));
  const same = near.find((picture) => tokensOf(absolute(picture.url) ?? '').some((token) => named.has(token)));
  const frames = near.filter((picture) => inFigure(picture) && picture.before <= end);
  const [framed] = frames;
  const lead = same ?? framed ?? near[0];
  // What readers see above the text says more than what is sent to social networks, unless it is one of a list.
  if (lead) add('body', lead.url, same ? 3 : framed ? (frames.length <= 3 ? 2.7 : 0.9) : 0.5);
  const best = elect(
    votes,
    (vote) =>
      votes.reduce((sum, other) => sum + (fileName(other.value) === fileName(vote.value) ? other.weight : 0), 0) +
      vote.weight * 0.1,
  );
  if (!best) return { image: undefined, votes };
  const winner = best;
  const shown = pictures.find((picture) => fileName(absolute(picture.url) ?? '') === fileName(winner.value)) ?? lead;
  return { image: { url: winner.value, ...captionOf(shown, blocks) }, votes };
}

const imageIn = (facts: PageFacts): string | undefined => {
  const attributes = facts.properties.get('image')?.[0]?.element.attribs;
  return attributes?.content ?? attributes?.src;
};

const notLead =
  Signal.related |
  Signal.side |
  Signal.footer |
  Signal.navigation |
  Signal.advert |
  Signal.bio |
  Signal.byline |
  Signal.share;

/** The block at which the text has begun for good: a lead picture stands before the second paragraph is over. */
function leadEnd(blocks: readonly Block[], bodyFirst: number): number {
  let words = 0;
  for (let i = bodyFirst; i < Math.min(blocks.length, bodyFirst + 30); i++) {
    const block = blocks[i];
    if (block && block.words >= 25 && block.kind === 'paragraph') words += block.words;
    if (words > 90) return Math.max(i, bodyFirst + 4);
  }
  return bodyFirst + 4;
}

/** By tag or address a thumbnail of a list (narrow) or the portrait of an author (a small square). */
const isSmall = (picture: Picture): boolean => {
  const [, width = 0, height = 0] = (/(?<!\d)(\d{2,4})x(\d{2,4})(?!\d)/.exec(picture.url) ?? []).map(Number);
  return (
    (picture.width > 0 && picture.width < 200) || (width > 0 && (width < 200 || (width === height && width < 400)))
  );
};

const inFigure = (picture: Picture): boolean =>
  picture.box.name === 'figure' ||
  picture.box.name === 'picture' ||
  picture.box.parent?.name === 'figure' ||
  (picture.box.own & Signal.media) !== 0;

/** Parts of an address that name one picture: numbers and keys, and words joined by dashes. */
const tokensOf = (url: string): string[] =>
  (url.split('?')[0] ?? '')
    .split(/[/.,:_]+/)
    .filter(
      (part) =>
        /^\d{7,}$|^(?=.*\d.*\d)[\da-f]{10,}$/.test(part) ||
        (part.length >= 9 && (/\d{5}/.test(part) || (part.match(/-/g)?.length ?? 0) >= 2)),
    );

/** File name without size, to see that two addresses are one picture. */
const fileName = (url: string): string =>
  (url.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1) ?? url)
    .toLowerCase()
    .replace(/[-_]?\d{2,4}x\d{2,4}|\.(?:jpe?g|png|webp|avif|gif)$/g, '');

const creditStart =
  /^(?:\(?(?:photo|foto|image|bild|imagen|imagem|fotograf(?:ie|ía|ia)?|credit|crédit|crédito|source|quelle|fuente|fonte|picture|illustration|graphic|©|\(c\))[\s:./©-]|©)/iu;

function captionOf(picture: Picture | undefined, blocks: readonly Block[]): { caption?: string; credit?: string } {
  if (!picture) return {};
  const holder = picture.box.name === 'figure' ? picture.box : (picture.box.parent ?? picture.box);
  const lines: string[] = [];
  for (let i = picture.before; i < Math.min(picture.before + 4, blocks.length); i++) {
    const block = blocks[i];
    if (!block) break;
    const inHolder = i < holder.end && holder.end - holder.first <= 6;
    if (block.kind === 'caption' || (inHolder && block.box.above & Signal.caption)) lines.push(block.text);
    else if (!inHolder) break;
  }
  const credit = lines.find((line) => creditStart.test(line));
  const caption = lines.find((line) => line !== credit);
  if (!caption) return credit ? { credit: squeeze(credit) } : {};
  const inner =
    /^(.*?[.!?…"”])\s*((?:\(?(?:photo|foto|image|bild|credit|©|source|quelle|picture)\b[\s:/©].*|[^.!?]{3,60}\/[^.!?]{2,60}))$/iu.exec(
      caption,
    );
  if (credit || !inner) return { caption, ...(credit ? { credit } : {}) };
  return { caption: inner[1] ?? caption, credit: inner[2] ?? '' };
}
