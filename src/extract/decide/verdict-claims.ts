import { fold } from '../../text/words.ts';
import phrases from '../data/verdict-phrases.json' with { type: 'json' };
import { linkShare } from '../features/view.ts';
import { typesOf } from '../metadata/json-ld.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { Box } from '../parse/block.ts';
import type { OpenPage } from '../parse/open.ts';

/** Folded phrases of all languages. */
const listOf = (byLanguage: Readonly<Record<string, readonly string[]>>): readonly string[] =>
  Object.values(byLanguage).flat().map(fold);
const setOf = (byLanguage: Readonly<Record<string, readonly string[]>>): ReadonlySet<string> =>
  new Set(listOf(byLanguage));

const spaceless = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;
/** Whole words, where a script sets words apart. */
const notFoundAnywhere = listOf(phrases.notFound.page).map((phrase) =>
  spaceless.test(phrase) ? phrase : ` ${phrase} `,
);
const notFoundWhole = setOf(phrases.notFound.whole);
const challenges = setOf(phrases.challenge.whole);
const forms = setOf(phrases.form.whole);
/** A title, and its parts before and after the separators that set off the site's name. */
const partsOf = (title: string): readonly string[] =>
  [title, ...title.split(/\s[|–—·•»:/-]+\s|…|\.{3}/)].map(fold).filter((part) => part !== '');

function saysNotFound(title: string): boolean {
  const line = ` ${fold(title)} `;
  return (
    notFoundAnywhere.some((phrase) => line.includes(phrase)) || partsOf(title).some((part) => notFoundWhole.has(part))
  );
}

/** Words of a text beside which 'page not found' is the news, not the page. */
const tellingWords = 250;

/** A page that says in its title, or in a first-level heading that is no link, that it has nothing: a soft 404. */
export const isNotFound = ({ headline, facts, blocks }: OpenPage, words: number): boolean =>
  words < tellingWords &&
  ([headline.title, facts.title].some(saysNotFound) ||
    blocks.some((block) => block.level === 1 && linkShare(block) < 0.5 && saysNotFound(block.text)));

/** A page that asks the reader to prove or to accept something, by its whole title: words such as 'consent' stand in headlines too. */
export const isChallenge = (title: string): boolean => partsOf(title).some((part) => challenges.has(part));

/** Does one of the first lines of an empty page ask to prove or accept something? */
export const startsWithChallenge = ({ blocks }: OpenPage): boolean =>
  blocks
    .slice(0, 30)
    .some(({ text }) => text.length < 200 && [...challenges].some((phrase) => fold(text).startsWith(phrase)));

/** A page to log in, search or pay, by its title without the site's name. */
export const isFormTitle = (title: string): boolean =>
  partsOf(title.slice(0, 1000).split(/\s*[|–]|\s-\s/)[0] ?? '').some((part) => forms.has(part));

const formPath = new RegExp(`(?:^|[/_-])(?:${phrases.formPath.join('|')})(?:$|[/_.-])`, 'i');
export const isFormAddress = (url: string): boolean => formPath.test(pathOf(url));

/** Kinds that a page may say it is, in its structured data or in the markup of its own elements. */
const threadType = /^(?:QAPage|DiscussionForumPosting)$/;
const articleType = /(?:Article|BlogPosting|LiveBlogPosting|Report)$/;
/** What is sold, rented or given out, and no news. */
const offered = /^(?:Course|JobPosting|RealEstateListing|Vehicle|Car|HotelRoom)$/;
const shopPath = /(?:^|\/)products?\/./i;
const manualPath = /(?:^|\/)(?:docs?|documentation|man-pages|manual|handbook)(?:\/|$)/i;

/** Votes for a day this strong tell when something was published; weaker ones, such as a date in the footer, stand on any page. */
const datedFrom = 4.4;

/** Is the page signed, or dated as news is? Then its address alone does not make it a shop's page or a manual. */
const isReported = ({ byline, votes }: Metadata): boolean =>
  byline.length > 0 || (votes.published ?? []).some(({ origin, weight }) => weight >= datedFrom && origin !== 'feed');

/** A forum thread, a shop's page or a manual that says so itself and nowhere calls itself an article. */
export function otherKind(
  { facts, things, boxes, view }: OpenPage,
  url: string,
  metadata: Metadata,
): string | undefined {
  const reported = isReported(metadata);
  const types = things.flatMap(typesOf);
  const ofTypes = (facts.meta.get('og:type') ?? []).map((type) => type.toLowerCase());
  if (types.some((type) => articleType.test(type))) return undefined;
  if (ofTypes.some((type) => /^(?:og:)?product/.test(type)) || (!reported && shopPath.test(pathOf(url))))
    return 'a shop';
  // Shop software calls every page an article; a text about a product is signed, or says that it is one.
  const isSigned = metadata.byline.some((name) => fold(name) !== view.site);
  if (!isSigned && types.includes('Product') && types.includes('Offer')) return 'a shop';
  if (!isSigned && types.some((type) => offered.test(type))) return 'something on offer';
  if (ofTypes[0] === 'article') return undefined;
  const marked = (box: Box): boolean => threadType.test(box.element.attribs.itemtype?.split('/').at(-1) ?? '');
  if (types.some((type) => threadType.test(type)) || boxes.some(marked)) return 'a forum thread';
  if (!reported && manualPath.test(pathOf(url))) return 'a manual';
  return undefined;
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : '');
