import { fold } from '../../text/words.ts';
import type { Decision } from '../decide/decide.ts';
import { decide } from '../decide/decide.ts';
import { isParagraph } from '../features/view.ts';
import type { Block } from '../parse/block.ts';
import { type OpenPage, openPage } from '../parse/open.ts';
import { pageState } from './page-state.ts';
import { textInState } from './state-text.ts';

/** A page that shows this many words shows its article. */
const shownWhole = 200;
/** A text from elsewhere has at least so many words, and so many times those that are shown. */
const least = 60;
const times = 1.4;
/** Words that a page without its text may show. */
const few = 40;

/**
 * The article from where else the page holds it, when it shows less: markup for readers without scripts, or the state that its scripts
 * render it from. Where the page shows some of its text, the other must hold it too.
 */
export function textElsewhere(page: OpenPage, url: string, html: string, decision: Decision): Decision | undefined {
  const shown = decision.step === 'summary' ? [] : decision.kept;
  const words = wordsIn(shown);
  if (words >= shownWhole) return undefined;
  let best: Decision | undefined;
  const offer = (step: 'without-scripts' | 'state', kept: readonly Block[]): void => {
    const found = wordsIn(kept);
    if (found < Math.max(least, words * times, best ? wordsIn(best.kept) + 1 : 0) || !holdsShown(kept, shown)) return;
    best = { step, kept, scores: decision.scores };
  };
  for (const markup of page.withoutScripts) offer('without-scripts', read(url, markup));
  const slug =
    url
      .replace(/[?#].*$/, '')
      .split('/')
      .filter(Boolean)
      .at(-1) ?? '';
  const state = textInState(pageState(html), { titles: page.view.titles, slug: slug.replace(/\.\w{1,5}$/, '') });
  // A page that shows some text is believed before a list that nothing ties to it.
  if (state && (state.isOwn || words < few))
    offer('state', read(url, `<article><h1></h1>${state.html}</article>`, state.words));
  return best;
}

/** The text of markup, read as any page is; all of its lines when the scorers want little of what is known to hold `words` of text. */
function read(url: string, html: string, words = 0): readonly Block[] {
  const page = openPage({ url, html });
  const { step, kept } = decide(page);
  if (step === 'summary' || step === 'none') return [];
  if (wordsIn(kept) < words * 0.7) return page.blocks;
  if (words === 0) return kept;
  // In what holds the text and little else, a clean paragraph is text.
  const chosen = new Set(kept);
  return page.blocks.filter(
    (block) =>
      chosen.has(block) || (isParagraph(block) && block.words >= 15 && !page.findings.boilerplate[block.index]),
  );
}

const wordsIn = (blocks: readonly Block[]): number => blocks.reduce((sum, { words }) => sum + words, 0);

/** Letters of a paragraph that are looked for, and the share of paragraphs that must be found. */
const start = 40;
const shareFound = 0.5;

function holdsShown(kept: readonly Block[], shown: readonly Block[]): boolean {
  const paragraphs = shown.filter(isParagraph);
  if (paragraphs.length === 0) return true;
  const text = fold(kept.map((block) => block.text).join(' '));
  const found = paragraphs.filter((block) => text.includes(fold(block.text).slice(0, start)));
  return found.length >= paragraphs.length * shareFound;
}
