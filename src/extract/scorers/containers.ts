import type { Box } from '../block.ts';
import { foreign, Signal } from '../signals.ts';
import type { View } from '../view.ts';

/**
 * First opinion: the element that its own name calls the article's text. In order: `articleBody` and its like, `<article>`, content
 * elements, `<main>`; of each kind the one with most paragraph text, as long as it holds a fair share of the page's paragraphs.
 */
export function findContainer(view: View): Box | undefined {
  let most = 0;
  for (const box of view.boxes) if (!box.parent) most = Math.max(most, box.paragraphWords);
  const kinds: readonly ((box: Box) => boolean)[] = [
    (box) => /articleBody/i.test(box.element.attribs.itemprop ?? ''),
    (box) => (box.own & Signal.body) !== 0 && (box.own & foreign & ~Signal.widget) === 0,
    (box) => box.name === 'article',
    (box) => (box.own & Signal.content) !== 0 && box.name !== 'body' && (box.own & foreign & ~Signal.widget) === 0,
    (box) => box.name === 'main',
  ];
  for (const isKind of kinds) {
    let best: Box | undefined;
    for (const box of view.boxes) {
      if (!isKind(box) || box.above & ((foreign & ~Signal.widget & ~Signal.tags & ~Signal.tool) | Signal.comments))
        continue;
      if (!best || box.paragraphWords > best.paragraphWords) best = box;
    }
    if (best && best.paragraphWords >= 60 && best.paragraphWords >= most * 0.35) return best;
  }
  return undefined;
}
