import type { Image } from '../../article.ts';
import type { Block, Picture } from '../block.ts';
import { Signal } from '../signals.ts';
import { squeeze } from '../words.ts';
import { imageUrlOf, type Thing } from './json-ld.ts';
import type { PageFacts } from './page-facts.ts';
import type { Vote } from './title.ts';

const notPhoto =
  /logo|icon|avatar|placeholder|default|sprite|blank|spacer|pixel|fallback|\.svg(?:\?|$)|1x1|loading|author|gravatar|badge|og-?image\.|social-?share|vgwort|\/brand\/|transparent|beacon|counter|\.gif(?:\?|$)/i;

/** The lead image by vote: social tags, structured data, and the first large picture of the article; with its caption and credit. */
export function voteImage(
  facts: PageFacts,
  article: Thing | undefined,
  url: string,
  pictures: readonly Picture[],
  blocks: readonly Block[],
  bodyFirst: number,
  feedImage: string | undefined,
): { image: Image | undefined; votes: readonly Vote[] } {
  const votes: Vote[] = [];
  const absolute = (value: string | undefined): string | undefined => {
    const trimmed = value?.trim();
    if (!trimmed || trimmed.length > 2_000) return undefined;
    try {
      const resolved = new URL(trimmed, url);
      return resolved.protocol === 'http:' || resolved.protocol === 'https:' ? resolved.href : undefined;
    } catch {
      return undefined;
    }
  };
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
  add('json-ld', imageUrlOf(article?.image) ?? imageUrlOf(article?.thumbnailUrl), 0.95);
  add('twitter', facts.meta.get('twitter:image')?.[0] ?? facts.meta.get('twitter:image:src')?.[0], 0.6);
  add('microdata', imageIn(facts), 0.4);
  add('feed', feedImage, 0.5);
  const near = pictures.filter(
    (picture) =>
      picture.before >= bodyFirst - 25 &&
      picture.before <= bodyFirst + 12 &&
      !(picture.width > 0 && picture.width < 200) &&
      !(picture.box.above & notLead) &&
      !notPhoto.test(picture.url) &&
      (inFigure(picture) || /\.(?:jpe?g|webp|avif|png)\b/i.test(picture.url)),
  );
  // The page's own rendering of the picture that the head names is the lead; else the first picture of a figure at the top of the text.
  const named = new Set(votes.flatMap((vote) => tokensOf(vote.value)));
  const same = near.find((picture) => tokensOf(absolute(picture.url) ?? '').some((token) => named.has(token)));
  const framed = near.find((picture) => inFigure(picture) && picture.before <= bodyFirst + 4);
  const lead = same ?? framed ?? near[0];
  if (lead) add('body', lead.url, same ? 3 : framed ? 2.2 : 0.5);
  let best: Vote | undefined;
  let bestWeight = 0;
  for (const vote of votes) {
    const weight =
      votes.reduce((sum, other) => sum + (fileName(other.value) === fileName(vote.value) ? other.weight : 0), 0) +
      vote.weight * 0.1;
    if (weight > bestWeight) {
      best = vote;
      bestWeight = weight;
    }
  }
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

const inFigure = (picture: Picture): boolean =>
  picture.box.name === 'figure' ||
  picture.box.name === 'picture' ||
  picture.box.parent?.name === 'figure' ||
  (picture.box.own & Signal.media) !== 0;

/** Parts of an address that name one picture: long, and with digits or dashes. */
const tokensOf = (url: string): string[] =>
  (url.split('?')[0] ?? '')
    .split(/[/.,:_]+/)
    .filter((part) => part.length >= 9 && (/\d{5}/.test(part) || (part.match(/-/g)?.length ?? 0) >= 2));

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
