import type { Block } from '../parse/block.ts';
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
  let words = 0;
  for (const block of kept) {
    let hidden = false;
    let belongs = paywalled;
    for (let box: Block['box'] | undefined = block.box; box && box.name !== 'body'; box = box.parent) {
      hidden ||= isHidden(box.element);
      belongs ||= isNamed(box.element);
    }
    if (hidden && belongs) words += block.words;
  }
  return words >= leastWords;
}
