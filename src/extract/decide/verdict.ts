import type { Link, Reason } from '../../domain/article.ts';
import { compile, predict } from '../features/forest.ts';
import { isParagraph } from '../features/view.ts';
import { typesOf } from '../metadata/json-ld.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { Block } from '../parse/block.ts';
import type { OpenPage } from '../parse/open.ts';
import { saidOnce } from './copies.ts';
import weights from './verdict.weights.json' with { type: 'json' };
import {
  isChallenge,
  isFormAddress,
  isFormTitle,
  isNotFound,
  otherKind,
  startsWithChallenge,
} from './verdict-claims.ts';
import {
  countListed,
  countPrices,
  isRoot,
  otherTitles,
  verdictFeatureNames,
  verdictFeatures,
} from './verdict-features.ts';
import { isListOfTeasers } from './verdict-list.ts';
import { isListingAfterAll } from './verdict-second-look.ts';
import { isVouchedFor, ownTitles } from './verdict-titles.ts';

export type Verdict =
  | { readonly kind: 'article' }
  | { readonly kind: 'rejected'; readonly reason: Reason; readonly detail?: string | undefined };

const reject = (reason: Reason, detail?: string): Verdict => ({ kind: 'rejected', reason, detail });
const article: Verdict = { kind: 'article' };

const forest = compile(weights, verdictFeatureNames);

/**
 * The probability from which a page is an article. Low, as an article thrown away is lost and a section page let in is found out at the second
 * look; `data/manifest.json` holds what it costs on sites left out. A page that is neither signed nor dated needs more, which costs no
 * article of the corpora; no article stands at the root of a site.
 */
const articleFrom = { reported: 0.1, unreported: 0.2, list: 0.5, root: 0.8 } as const;
/** A page whose title asks to prove something, and that holds more words than this, reports on such pages. */
const challengeWords = 200;
/** A form's page holds fewer words than this beside the form. */
const formWords = 150;
/** An empty page with more lines than this is no wall: those say what they want and nothing else. */
const wallLines = 40;
/** A text of fewer words than this is a teaser or a label; half of them will do where the page says that it is an article. */
const leastWords = { article: 25, claimed: 12 } as const;
/** Galleries and videos come with a caption of fewer words than this. */
const captionWords = { sure: 40, unsure: 80 } as const;
/** Headlines of other articles, of which fewer than this stand beside many an article. */
const fewListed = 6;
/** So many lines with a price make a shop. */
const shopPrices = 5;
/** Fewer words than this beside few headlines are a page without a text, not a list. */
const shortWords = 60;

export interface Judged {
  readonly url: string;
  /** The text that was chosen. */
  readonly kept: readonly Block[];
  /** The same before lines went that the site memory knows: what a page is does not change with what was read before it. */
  readonly read: readonly Block[];
  /** Scores of all blocks. */
  readonly scores: Float32Array;
  readonly metadata: Metadata;
  /** What the feed, sitemap or section page said of the page. */
  readonly link: Link | undefined;
  /** Share of the text that other pages of the site hold, as far as the site is remembered; 0…1. */
  readonly elsewhere: number;
}

/** Is the page an article at all? */
export function judge(page: OpenPage, judged: Judged): Verdict {
  const { kept, read, url, metadata, link } = judged;
  const { facts, headline } = page;
  const words = Math.round(kept.reduce((sum, block) => sum + block.words, 0));
  const title = headline.title.slice(0, 80);
  if (isNotFound(page, words)) return reject('soft-404', title);
  if (isChallenge(headline.title) && words < challengeWords) return reject('consent-wall', title);
  if (isFormTitle(headline.title)) return reject('form', title);
  if (facts.forms > 0 && words < formWords && !headline.article && isFormAddress(url)) return reject('form', title);
  if (words === 0)
    return page.blocks.length < wallLines && startsWithChallenge(page) ? reject('consent-wall') : reject('no-text');

  const vouched = isVouchedFor(ownTitles(page), link);
  const other = otherKind(page, url, metadata);
  if (other && !vouched) return reject('form', other);
  const said = saidOnce(page, read);
  const listed = countListed(said);
  if (!vouched && isListingAfterAll({ dated: metadata.published !== undefined, listed, elsewhere: judged.elsewhere }))
    return reject('front-page', `${listed} headlines, and a text that other pages of the site hold`);
  const claims = saysArticle(page);
  const candidate = { page, kept: read, said, scores: judged.scores, url };
  const probability = predict(forest, verdictFeatures(candidate), 0);
  // A feed or sitemap dates section pages too; only a date on the page itself is a sign of a report.
  const dated = metadata.votes.published?.some(({ origin }) => origin !== 'feed' && origin !== 'modified') ?? false;
  const reported = claims || dated || metadata.byline.length > 0;
  const isList = page.headline.article === undefined && isListOfTeasers(page, read);
  const usual = reported ? articleFrom.reported : articleFrom.unreported;
  const needed = isRoot(url) ? articleFrom.root : isList ? articleFrom.list : usual;
  const stands = isMarkedArticle(page) || isAlone(page, said, words) || (metadata.paywalled && claims);
  const mayBe = (): boolean =>
    !isList &&
    listed >= fewListed &&
    !isRoot(url) &&
    countPrices(page.blocks) < shopPrices &&
    otherTitles(candidate).some(
      (titles) => predict(forest, verdictFeatures({ ...candidate, titles }), 0) >= articleFrom.unreported,
    );
  if (probability < needed && !vouched && (isList || !stands) && !mayBe())
    return reject(
      kindOf(page, { words, listed, dated: metadata.published !== undefined }),
      `${listed} headlines beside ${words} words; article with probability ${probability.toFixed(2)}`,
    );
  if (isShow(page) && words < captionWords.sure) return reject('gallery', `${words} words`);
  if (words < leastWords.article && !(claims && words >= leastWords.claimed) && !metadata.paywalled)
    return reject('too-short', `${words} words`);
  return article;
}

const ogType = ({ facts }: OpenPage): string => facts.meta.get('og:type')?.[0]?.toLowerCase() ?? '';

/** Does the page say in its head that it is an article? */
const saysArticle = (page: OpenPage): boolean =>
  page.headline.article !== undefined || ogType(page) === 'article' || page.facts.meta.has('article:published_time');

/** Does the page say that it is a gallery or a video? */
const isShow = (page: OpenPage): boolean =>
  page.things.flatMap(typesOf).includes('ImageGallery') || ogType(page).startsWith('video');

/** What a page is that is no article, as far as it says. */
function kindOf(page: OpenPage, { words, listed, dated }: { words: number; listed: number; dated: boolean }): Reason {
  const types = page.things.flatMap(typesOf);
  if (types.some((type) => /^(?:Product|Offer|Service)$/.test(type))) return 'form';
  if ((isShow(page) || types.includes('VideoObject')) && words < captionWords.unsure) return 'gallery';
  if (listed >= fewListed) return 'front-page';
  if (words < shortWords) return 'too-short';
  return page.facts.forms > 0 && !dated ? 'form' : 'front-page';
}

/** A single `<article>` with a headline of its own and paragraphs of this many words: the template says what it is. */
const markedWords = 60;

function isMarkedArticle({ boxes, blocks }: OpenPage): boolean {
  const [box, another] = boxes.filter(({ name }) => name === 'article');
  if (!box || another || box.paragraphWords < markedWords || box.linkWords > box.words * 0.2) return false;
  const own = blocks.slice(box.first, box.end);
  return own.some(({ level }) => level === 1) && own.some(isParagraph);
}

/** Prose of this many words under a headline that is most of what the page says outside links: there is nothing else that it could be. */
const aloneWords = 40;
const aloneShare = 0.75;

function isAlone({ facts, headline }: OpenPage, said: readonly Block[], words: number): boolean {
  if (facts.forms > 0 || headline.title === '' || words < aloneWords || countListed(said) >= fewListed) return false;
  const linked = said.reduce((sum, { linkWords }) => sum + linkWords, 0);
  const plain = said.reduce((sum, block) => sum + block.words, 0) - linked;
  return words >= aloneShare * plain && linked < words;
}
