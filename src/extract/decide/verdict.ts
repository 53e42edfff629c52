import type { Link, Reason } from '../../domain/article.ts';
import { fold } from '../../text/words.ts';
import { compile, predict } from '../features/forest.ts';
import { countListed, pageFeatureNames, pageFeatures } from '../features/page-features.ts';
import { isParagraph } from '../features/view.ts';
import { typesOf } from '../metadata/json-ld.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { Block, Box } from '../parse/block.ts';
import type { OpenPage } from '../parse/open.ts';
import weights from './verdict.weights.json' with { type: 'json' };

export type Verdict =
  | { readonly kind: 'article' }
  | { readonly kind: 'rejected'; readonly reason: Reason; readonly detail?: string | undefined };

const reject = (reason: Reason, detail?: string): Verdict => ({ kind: 'rejected', reason, detail });

/** Words of a page that says it has nothing: soft 404s in the languages of the wire. */
const notFound =
  /(?:^| )(?:404|page not found|not found|page (?:does not|doesn t) exist|page cannot be found|can t be found|no longer available|seite nicht gefunden|nicht gefunden|page introuvable|página no encontrada|no encontrad[ao]|página não encontrada|não encontrada|pagina non trovata|pagina niet gevonden|sidan hittades inte|siden ble ikke funnet|siden blev ikke fundet|sivua ei löytynyt|nie znaleziono|stránka nenalezena|stránka sa nenašla|az oldal nem található|pagina nu a fost găsită|страницата не е намерена|страница не найдена|сторінку не знайдено|страница није пронађена|stranica nije pronađena|stran ni najdena|faqja nuk u gjet|η σελίδα δεν βρέθηκε|sayfa bulunamadı|الصفحة غير موجودة|ページが見つかりません|페이지를 찾을 수 없습니다|页面不存在|找不到)(?: |$)/u;
const challenge =
  /(?:just a moment|attention required|access denied|verify (?:that )?you are (?:a )?human|are you a (?:robot|human)|checking your browser|enable javascript and cookies|pardon our interruption|request blocked|security check|captcha|bot verification|before you continue|we value your privacy|consent|cookies? zustimmen)/i;
const formTitle =
  /^(?:log ?in|sign ?in|sign ?up|register|subscribe|checkout|cart|my account|contact(?: us)?|search(?: results)?|anmelden|registrieren|warenkorb|suche|connexion|inscription|recherche|iniciar sesión|buscar|entrar|accedi|cerca|inloggen|zoeken|logga in|zaloguj się|szukaj|přihlášení|вход|поиск|пошук|prijava|pretraga|giriş|arama|تسجيل الدخول|ログイン|検索|로그인|登录|搜索)(?:\s*[|–-].*)?$/iu;

const formPath =
  /(?:^|[/_-])(?:subscribe|subscription|newsletter|login|log-in|signin|sign-in|signup|sign-up|register|registration|account|checkout|cart|contact|search|donate|abonnieren|anmelden|abonnement|suscripcion|abbonati|assine|prenumerera|pretplata|anketa)(?:$|[/_.-])/i;

/** Kinds that a page may say it is, in its structured data or in the markup of its own elements. */
const threadType = /^(?:QAPage|DiscussionForumPosting)$/;
const articleType = /(?:Article|BlogPosting|LiveBlogPosting|Report)$/;
const shopPath = /(?:^|\/)products?\/./i;
const manualPath = /(?:^|\/)(?:docs?|documentation|man-pages|manual|handbook)(?:\/|$)/i;

/** Votes for a day this strong tell when something was published; weaker ones, such as a date in the footer, stand on any page. */
const datedFrom = 4.4;

/** Is the page signed, or dated as news is? Then its address alone does not make it a shop's page or a manual. */
const isReported = ({ byline, votes }: Metadata): boolean =>
  byline.length > 0 || (votes.published ?? []).some(({ origin, weight }) => weight >= datedFrom && origin !== 'feed');

/** A forum thread, a shop's page or a manual that says so itself and nowhere calls itself an article. */
function otherKind({ facts, things, boxes }: OpenPage, url: string, reported: boolean): string | undefined {
  const types = things.flatMap(typesOf);
  const ofType = facts.meta.get('og:type')?.[0]?.toLowerCase() ?? '';
  if (types.some((type) => articleType.test(type))) return undefined;
  if (ofType.startsWith('product') || (!reported && shopPath.test(pathOf(url)))) return 'a shop';
  if (ofType === 'article') return undefined;
  const marked = (box: Box): boolean => threadType.test(box.element.attribs.itemtype?.split('/').at(-1) ?? '');
  if (types.some((type) => threadType.test(type)) || boxes.some(marked)) return 'a forum thread';
  if (!reported && manualPath.test(pathOf(url))) return 'a manual';
  return undefined;
}

const forest = compile(weights, pageFeatureNames);
/** Headlines of other articles, of which fewer than this stand beside many an article. */
const fewListed = 6;
/** The judge's probability above which a page is an article; a page that says it is one and has a text of some length needs less. */
const articleAbove = 0.5;
const claimedAbove = 0.3;

/** Is the page an article at all? `kept` is the text that was chosen, `scores` are those of all blocks. */
export function judge(
  page: OpenPage,
  input: {
    readonly url: string;
    readonly kept: readonly Block[];
    readonly scores: Float32Array;
    readonly metadata: Metadata;
    /** What the feed said of the page. */
    readonly link: Link | undefined;
  },
): Verdict {
  const { kept, url, metadata, link } = input;
  const { blocks, facts, things, headline } = page;
  const title = fold(headline.title);
  const words = kept.reduce((sum, block) => sum + block.words, 0);
  const shownTitle = headline.title.slice(0, 80);
  const ofType = facts.meta.get('og:type')?.[0]?.toLowerCase() ?? '';
  const claims = headline.article !== undefined || ofType === 'article' || facts.meta.has('article:published_time');

  if (notFound.test(title) && words < 250) return reject('soft-404', shownTitle);
  if (challenge.test(headline.title) && words < 200) return reject('consent-wall', shownTitle);
  if (formTitle.test(headline.title.trim())) return reject('form', shownTitle);
  if (facts.forms > 0 && words < 150 && !headline.article && formPath.test(pathOf(url)))
    return reject('form', shownTitle);
  if (words === 0) {
    const start = blocks
      .slice(0, 30)
      .map((block) => block.text)
      .join(' ');
    return blocks.length < 40 && challenge.test(start.slice(0, 3_000)) ? reject('consent-wall') : reject('no-text');
  }
  const other = otherKind(page, url, isReported(metadata));
  if (other && !isVouchedFor(title, link)) return reject('form', other);
  const listed = countListed(blocks);
  const kinds = new Set(things.flatMap(typesOf));
  const p = predict(forest, pageFeatures(page, kept, input.scores, url), 0);
  const solid =
    isVouchedFor(title, link) ||
    isMarkedArticle(page) ||
    (listed < fewListed && isAlone(page, words)) ||
    (largestRun(kept) >= solidRun &&
      (claims || (metadata.published !== undefined && listed < 15) || metadata.byline.length > 0));
  if (p < (claims && words >= 120 ? claimedAbove : articleAbove) && !solid && !(metadata.paywalled && claims)) {
    const detail = `${listed} headlines beside ${Math.round(words)} words; article with probability ${p.toFixed(2)}`;
    if (kinds.has('Product') || kinds.has('Offer') || kinds.has('Service')) return reject('form', detail);
    if ((kinds.has('ImageGallery') || kinds.has('VideoObject') || ofType.startsWith('video')) && words < 80)
      return reject('gallery', detail);
    if (listed < fewListed && words < 60) return reject('too-short', detail);
    if (listed < fewListed && facts.forms > 0 && !metadata.published) return reject('form', detail);
    return reject('front-page', detail);
  }
  if ((kinds.has('ImageGallery') || ofType.startsWith('video')) && words < 40)
    return reject('gallery', `${Math.round(words)} words`);
  if (words < 25 && !(claims && words >= 12) && !metadata.paywalled)
    return reject('too-short', `${Math.round(words)} words`);
  return { kind: 'article' };
}

/**
 * A feed that announces the page under the headline that the page carries says that it is an article, be it a brief beside many
 * headlines. Names of sections are shorter than headlines.
 */
function isVouchedFor(title: string, link: Link | undefined): boolean {
  if (!link?.title || !link.published) return false;
  const long =
    title.split(' ').length >= 4 || (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(title) && title.length >= 8);
  const announced = fold(link.title);
  return long && (announced === title || title.startsWith(`${announced} `) || announced.startsWith(`${title} `));
}

/** Prose of this many words under a headline that is most of what the page says outside links: there is nothing else that it could be. */
const aloneWords = 40;

function isAlone({ boxes, facts, headline }: OpenPage, words: number): boolean {
  const [page] = boxes;
  if (!page || facts.forms > 0 || headline.title === '' || words < aloneWords) return false;
  return words >= 0.75 * (page.words - page.linkWords) && page.linkWords < words;
}

/** A single `<article>` with a headline of its own and paragraphs of this many words: the template says what it is. */
const markedWords = 60;

function isMarkedArticle({ boxes, blocks }: OpenPage): boolean {
  const [box, another] = boxes.filter(({ name }) => name === 'article');
  if (!box || another || box.paragraphWords < markedWords || box.linkWords > box.words * 0.2) return false;
  return blocks.slice(box.first, box.end).some(({ level }) => level === 1);
}

/** Paragraphs under one parent that make a page with a date or an author an article, whatever stands around them. */
const solidRun = 4;

/** Most paragraphs that share one parent: teasers of a list have a parent each. */
function largestRun(kept: readonly Block[]): number {
  const runs = new Map<unknown, number>();
  let largest = 0;
  for (const block of kept) {
    if (!isParagraph(block) || block.words < 15) continue;
    const run = (runs.get(block.box.parent) ?? 0) + 1;
    runs.set(block.box.parent, run);
    largest = Math.max(largest, run);
  }
  return largest;
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : '');
