import type { View } from '../../features/view.ts';
import type { Box } from '../../parse/block.ts';
import { boxAround, type Chosen, holds, leavesText, type Range, wordsChosen } from './range.ts';

const counter = /^\(?(\d{1,3})\s?(?:\/|of|von|de|sur|из|з|z|van|av|af|di|od)\s?(\d{1,3})\b/i;
const galleryName = /galler|slide-?show|slider|carousel|dia-?show|bilderstrecke|fotostrecke|fotogal/i;
const leastSlides = 3;

/** Slides about other things among the paragraphs. A photo essay, whose slides are the text, leaves no text without them. */
export function galleries(state: Chosen): Range[] {
  const { view } = state;
  const boxes = [...countedBoxes(view), ...view.boxes.filter((box) => isGallery(state, box))];
  return boxes.filter((box) => !holds(box, titleIndex(state)) && wordsChosen(state, box) > 0 && leavesText(state, box));
}

/** A box named as a gallery that shows several pictures. */
const isGallery = ({ page }: Chosen, { element, name, end, first }: Box): boolean =>
  name !== 'body' &&
  end - first >= leastSlides &&
  galleryName.test(element.attribs.class ?? '') &&
  page.pictures.filter(({ before }) => before >= first && before <= end).length >= leastSlides;

/** The boxes around lines that count slides: '2/14', '3 of 9'. */
function countedBoxes(view: View): Box[] {
  const found: Box[] = [];
  let slides: { index: number; number: number; of: string }[] = [];
  const close = (): void => {
    const [first, last] = [slides.at(0), slides.at(-1)];
    const box =
      first && last && slides.length >= leastSlides && boxAround(view, { first: first.index, end: last.index + 1 });
    if (box) found.push(box);
    slides = [];
  };
  for (const { index, text } of view.blocks) {
    const [, number, of = ''] = counter.exec(text) ?? [];
    if (number === undefined) continue;
    const last = slides.at(-1);
    if (last && (last.of !== of || Number(number) !== last.number + 1)) close();
    slides.push({ index, number: Number(number), of });
  }
  close();
  return found;
}

const titleIndex = ({ view }: Chosen): number => view.blocks.findIndex(({ level }) => level === 1);
