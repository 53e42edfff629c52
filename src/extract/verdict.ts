import type { Reason } from '../article.ts';
import type { Block } from './block.ts';
import { type Thing, typesOf } from './metadata/json-ld.ts';
import type { Metadata } from './metadata/metadata.ts';
import type { PageFacts } from './metadata/page-facts.ts';
import { linkShare } from './view.ts';
import { fold } from './words.ts';

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

/** Is the page an article at all? The text is what was kept; `blocks` is the whole page. */
export function judge(input: {
  readonly url: string;
  readonly title: string;
  readonly kept: readonly Block[];
  readonly blocks: readonly Block[];
  readonly facts: PageFacts;
  readonly things: readonly Thing[];
  readonly article: Thing | undefined;
  readonly metadata: Metadata;
}): Verdict {
  const { kept, blocks, facts, article, metadata } = input;
  const title = fold(input.title);
  const words = kept.reduce((sum, block) => sum + block.words, 0);
  const allWords = blocks.reduce((sum, block) => sum + block.words, 0);
  const linkWords = blocks.reduce((sum, block) => sum + block.linkWords, 0);
  const type = facts.meta.get('og:type')?.[0]?.toLowerCase() ?? '';
  const claims = article !== undefined || type === 'article' || facts.meta.has('article:published_time');

  if (notFound.test(title) && words < 250) return reject('soft-404', input.title.slice(0, 80));
  if (challenge.test(input.title) && words < 200) return reject('consent-wall', input.title.slice(0, 80));
  if (formTitle.test(input.title.trim())) return reject('form', input.title.slice(0, 80));
  if (words === 0)
    return allWords < 150 &&
      challenge.test(
        blocks
          .slice(0, 30)
          .map((b) => b.text)
          .join(' ')
          .slice(0, 3000),
      )
      ? reject('consent-wall')
      : reject('no-text');

  const paragraphs = kept.filter((block) => block.words >= 12 && linkShare(block) < 0.5).length;
  const path = URL.canParse(input.url) ? new URL(input.url).pathname.replace(/\/+$/, '') : '';
  const listed = countListed(blocks);
  const kinds = new Set(input.things.flatMap(typesOf));
  const listType = kinds.has('CollectionPage') || kinds.has('SearchResultsPage') || (kinds.has('ItemList') && !claims);
  if (
    !article &&
    (path === '' || /^\/(?:index\.\w+|home|[a-z]{2})$/.test(path)) &&
    (linkWords > allWords * 0.35 || listed >= 8)
  )
    return reject('front-page', `${listed} headlines`);
  if (!claims && kinds.has('Product')) return reject('form', 'product');
  if (!claims && (listType || listed >= 12) && words < allWords * 0.5 && paragraphs < 4)
    return reject('front-page', `${listed} headlines`);
  if (!article && listed >= 25 && (words < 120 || paragraphs < 3) && words < allWords * 0.25)
    return reject('front-page', `${listed} headlines`);
  if (
    (kinds.has('ImageGallery') || kinds.has('VideoObject') || type.startsWith('video')) &&
    words < 60 &&
    paragraphs < 2
  )
    return reject('gallery');
  if (words < 25 && !(claims && words >= 12) && !metadata.paywalled)
    return reject('too-short', `${Math.round(words)} words`);
  if (!claims && !metadata.published && words < 80) return reject('too-short', `${Math.round(words)} words, no date`);
  return { kind: 'article' };
}

/** Linked headlines on the page: lines that are one link of four words or more. */
function countListed(blocks: readonly Block[]): number {
  let count = 0;
  for (const block of blocks) if (block.words >= 4 && block.words <= 30 && linkShare(block) > 0.8) count++;
  return count;
}
