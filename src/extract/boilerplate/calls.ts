import agree from '../data/boilerplate/agree.json' with { type: 'json' };
import newsletterName from '../data/boilerplate/newsletter-name.json' with { type: 'json' };
import ours from '../data/boilerplate/ours.json' with { type: 'json' };
import socialNetwork from '../data/boilerplate/social-network.json' with { type: 'json' };
import subscribe from '../data/boilerplate/subscribe.json' with { type: 'json' };
import { endsSentence, linkShare } from '../features/view.ts';
import { Signal } from '../parse/signals.ts';
import { anyOf } from './patterns.ts';
import { lineRule } from './rule.ts';
import { beginsWith } from './vocabulary.ts';

export const advert = lineRule('advert', 'labels an advertisement', (view, i) => {
  const block = view.blocks[i];
  const folded = view.folded[i] ?? '';
  if (!block || block.words > 9) return false;
  const length = beginsWith('advert', folded);
  return (
    length > 0 && (length === folded.length || (length > 12 && block.words <= 8) || /[:：–—-]\s*$/.test(block.text))
  );
});

/** Somewhere in a short line: to subscribe or to sign up. */
const asks = new RegExp(anyOf(subscribe), 'u');
/** A newsletter, an address or a channel. */
const channel = new RegExp(anyOf(newsletterName));

/** Below the text: our page on a network. What somebody says of his own is in quotation marks. */
const network = new RegExp(anyOf(socialNetwork), 'u');
const ourPage = new RegExp(anyOf(ours), 'u');
const quotes = /["“”„«»「」]/;

export const newsletter = lineRule('newsletter', 'asks to subscribe, follow or install', (view, i, _first, end) => {
  const block = view.blocks[i];
  const folded = view.folded[i] ?? '';
  if (!block || block.words > 60) return false;
  const isLast = (i >= end - 4 && block.words <= 45) || (i >= end - 8 && block.words <= 12);
  if (isLast && network.test(folded) && ourPage.test(folded) && !quotes.test(block.text)) return true;
  const length = beginsWith('newsletter', folded);
  const named = (): boolean => channel.test(folded);
  if (block.box.above & Signal.newsletter) return length > 0 || block.words < 12 || named();
  if (length === 0)
    return (
      ((block.words <= 16 && linkShare(block) > 0.5) ||
        (block.words <= 9 && asks.test(folded) && !endsSentence(block.text))) &&
      named()
    );
  if (length === folded.length) return block.words > 1 || linkShare(block) > 0.5;
  return block.words <= 40 && named();
});

export const share = lineRule('share', 'a button to share, print or save', (view, i) => {
  const block = view.blocks[i];
  const folded = view.folded[i] ?? '';
  if (!block || block.words > 10 || folded === '') return false;
  let rest = folded.replace(/^\d+ /, '');
  for (let n = 0; n < 10 && rest; n++) {
    const length = beginsWith('share', rest);
    if (length === 0) break;
    rest = rest
      .slice(length)
      .replace(/^ (?:on|this|via|with|by|to|auf|sur|en|op|på|w|na|у|на|в|and|\d+[km]?) ?/, ' ')
      .trim();
  }
  return rest === '' || /^\d+$/.test(rest);
});

/** How a site treats what its readers write. */
const policy =
  /\bcomments? (?:on|to|for|under) this (?:piece|article|story|post) (?:are|is|have|has)\b|\b(?:pre ?)?moderat(?:e|es|ed|ing) (?:all )?comments\b|comments are (?:pre ?)?moderated/;

export const commentForm = lineRule('comments', 'belongs to the comments', (view, i, _first, end) => {
  const block = view.blocks[i];
  const folded = view.folded[i] ?? '';
  if (!block || folded === '') return false;
  if (block.box.above & Signal.comments && i >= end - 3 && block.words < 40) return true;
  if (i >= end - 6 && block.words < 60 && policy.test(folded)) return true;
  if (block.words > 25) return false;
  const length = beginsWith('comment', folded.replace(/^\d+ /, ''));
  if (length === 0) return false;
  const rest = folded.replace(/^\d+ /, '').slice(length).trim();
  return rest === '' ? block.words >= 2 || i >= end - 2 : length > 16 && block.words <= 25;
});

export const wall = lineRule('wall', 'speaks of cookies, log-in or a paywall', (view, i) => {
  const block = view.blocks[i];
  const folded = view.folded[i] ?? '';
  if (!block || block.words > 60) return false;
  const length = beginsWith('wall', folded);
  if (length === 0) return false;
  if (length === folded.length) return true;
  return (
    block.words <= 30 &&
    (length >= 14 || (block.box.above & Signal.wall) !== 0) &&
    (!endsSentence(block.text) || length >= 14)
  );
});

/** What a reader signs by a tick: in the first person, and long enough to pass for text. */
const declares = new RegExp(`^${anyOf(agree)}`, 'u');

/** Consent managers bring paragraphs of prose; their boxes are named the same everywhere. Forms ask for consent in any box. */
export const consent = lineRule('consent', 'stands in a cookie or consent dialogue, or asks to agree', (view, i) => {
  const block = view.blocks[i];
  if (!block) return false;
  return (block.box.above & Signal.consent) !== 0 || (!quotes.test(block.text) && declares.test(view.folded[i] ?? ''));
});

export const mediaControl = lineRule('media', 'labels or controls a picture or a player', (view, i) => {
  const block = view.blocks[i];
  const folded = view.folded[i] ?? '';
  if (!block || block.words > 8 || block.kind === 'heading' || folded === '') return false;
  if (/^\d+ (?:of|de|von|\/|av|van|из|z|sur) \d+$/.test(folded) || /^\d+\s?\/\s?\d+$/.test(block.text)) return true;
  const length = beginsWith('media', folded);
  return (
    length > 0 && (length === folded.length || /^[\s\d]+$/.test(folded.slice(length))) && !endsSentence(block.text)
  );
});
