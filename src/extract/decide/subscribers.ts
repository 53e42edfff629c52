import type { Block, Box } from '../parse/block.ts';
import type { Element } from '../parse/node.ts';

/** Names of what only subscribers get, in class, id and the attributes of paywall scripts. */
const named =
  /(?:^|[\s_-])(?:pay-?wall(?:ed)?|reg-?wall|subscri(?:bers?|ption|bed)|abonn\w{0,8}|premium|paid|members?|metered|suscriptor(?:es)?|assinantes?|prenumerant\w{0,3}|pretplat\w{0,6})(?:$|[\s_-])/i;
const hiddenClass = /(?:^|\s)(?:is-|d-|u-)?(?:hidden|hide|none)(?:$|\s)/i;
const hiddenStyle = /display\s?:\s?none/i;
/** So many hidden words are more than the plea to subscribe. */
const leastWords = 30;

const isHidden = ({ attribs }: Element): boolean =>
  (attribs.hidden !== undefined && attribs.hidden !== 'until-found') ||
  hiddenStyle.test(attribs.style?.slice(0, 400) ?? '') ||
  hiddenClass.test(attribs.class?.slice(0, 400) ?? '') ||
  attribs['amp-access-hide'] !== undefined;

const isNamed = ({ attribs }: Element): boolean =>
  Object.entries(attribs).some(([name, value]) => {
    if (name === 'class' || name === 'id') return named.test(value.slice(0, 400));
    // 'NOT subscriber' is the plea.
    if (name === 'amp-access') return named.test(value.slice(0, 400)) && !/(?:^|\s)not\s/i.test(value);
    return name.startsWith('data-') && (named.test(name) || named.test(value.slice(0, 100)));
  });

/**
 * Does the text stand, for a part of more than a line or two, in elements that the page hides and names as its subscribers'? `paywalled`: the
 * page says itself that not all of it is free, then what it hides needs no name.
 */
export function isForSubscribers(kept: readonly Block[], paywalled: boolean): boolean {
  const known = new Map<Box, Inside>();
  const insideOf = (box: Box | undefined): Inside => {
    if (!box || box.name === 'body') return { hidden: false, named: false };
    const before = known.get(box);
    if (before) return before;
    const outer = insideOf(box.parent);
    const found = {
      hidden: outer.hidden || isHidden(box.element),
      named: outer.named || isNamed(box.element),
    };
    known.set(box, found);
    return found;
  };
  let words = 0;
  for (const block of kept) {
    const { hidden, named } = insideOf(block.box);
    if (hidden && (named || paywalled)) words += block.words;
  }
  return words >= leastWords;
}

/** What is said of an element by itself or by what it stands in. */
interface Inside {
  readonly hidden: boolean;
  readonly named: boolean;
}
