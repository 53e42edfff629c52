import type { View } from '../features/view.ts';
import type { Box } from '../parse/block.ts';
import { foreign, Signal } from '../parse/signals.ts';

/** Elements that hold paragraphs and are none. */
const holders = new Set('div section article main td'.split(' '));

const isArticleBody = ({ element: { attribs } }: Box): boolean =>
  attribs.itemprop !== undefined && /articleBody/i.test(attribs.itemprop);

/** Names that speak against an element, and against all that it holds. */
const against = foreign & ~(Signal.widget | Signal.tags | Signal.tool);

/**
 * Boxes that neither are nor stand in something foreign. A wrapper that holds most of the page's words is the page, whatever its classes;
 * an `<article>` carries the classes of its topics and of the list that it was taken from.
 */
export function clearBoxes(view: View): ReadonlySet<Box> {
  const [page] = view.boxes;
  const clear = new Set<Box>();
  const most = page ? plainWords(page) * 0.5 : 0;
  for (const box of view.boxes) {
    if (box.parent && !clear.has(box.parent)) continue;
    const names = box.name === 'article' ? against & ~(Signal.teaser | Signal.comments) : against;
    if ((box.own & names) === 0 || box.name === 'body' || plainWords(box) >= most) clear.add(box);
  }
  return clear;
}

const plainWords = (box: Box): number => box.words - box.linkWords;

/**
 * The element that a template names as the text, however little stands in it: `articleBody`, then content classes, then `<article>`. Of
 * several the one with most words outside links, and of nested ones the innermost that holds half of them.
 */
export function findNamed(view: View, clear: ReadonlySet<Box>): Named | undefined {
  const kinds: readonly ((box: Box) => boolean)[] = [
    (box) => box.name === 'article',
    (box) => (box.own & Signal.body) !== 0 && holders.has(box.name),
    isArticleBody,
  ];
  for (let kind = kinds.length; kind > 0; kind--) {
    const candidates = view.boxes.filter((box) => kinds[kind - 1]?.(box) && plainWords(box) >= 8 && clear.has(box));
    let best = candidates[0];
    for (const box of candidates) if (best && plainWords(box) > plainWords(best)) best = box;
    if (!best) continue;
    for (const box of candidates)
      if (
        box.first >= best.first &&
        box.end <= best.end &&
        box.depth > best.depth &&
        plainWords(box) * 2 >= plainWords(best)
      )
        best = box;
    const { first, end } = best;
    const least = plainWords(best) * 0.3;
    const rivals = candidates.filter(
      (box) => (box.end <= first || box.first >= end) && plainWords(box) >= least,
    ).length;
    return { box: best, kind, rivals };
  }
  return undefined;
}

/** What `findNamed` found: 3 for `articleBody`, 2 for a content class, 1 for `<article>`; `rivals` are others of the kind with much text. */
export interface Named {
  readonly box: Box;
  readonly kind: number;
  readonly rivals: number;
}

/**
 * First scorer: the element that its own name calls the article's text. In order: `articleBody` and its like, `<article>`, content
 * elements, `<main>`; of each kind the one with most paragraph text, as long as it holds a fair share of the page's paragraphs.
 */
export function findContainer(view: View, clear: ReadonlySet<Box>): Box | undefined {
  let most = 0;
  for (const box of view.boxes) if (!box.parent) most = Math.max(most, box.paragraphWords);
  const kinds: readonly ((box: Box) => boolean)[] = [
    isArticleBody,
    (box) => (box.own & Signal.body) !== 0 && (box.own & foreign & ~Signal.widget) === 0,
    (box) => box.name === 'article',
    (box) => (box.own & Signal.content) !== 0 && box.name !== 'body' && (box.own & foreign & ~Signal.widget) === 0,
    (box) => box.name === 'main',
  ];
  for (const isKind of kinds) {
    let best: Box | undefined;
    for (const box of view.boxes) {
      if (!isKind(box) || !clear.has(box)) continue;
      if (!best || box.paragraphWords > best.paragraphWords) best = box;
    }
    if (best && best.paragraphWords >= 60 && best.paragraphWords >= most * 0.35) return best;
  }
  return undefined;
}
