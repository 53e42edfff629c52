import agree from '../data/boilerplate/agree.json' with { type: 'json' };
import app from '../data/boilerplate/app.json' with { type: 'json' };
import commentSection from '../data/boilerplate/comment-section.json' with { type: 'json' };
import imperativeEnd from '../data/boilerplate/imperative-end.json' with { type: 'json' };
import newsletterName from '../data/boilerplate/newsletter-name.json' with { type: 'json' };
import ours from '../data/boilerplate/ours.json' with { type: 'json' };
import reader from '../data/boilerplate/reader.json' with { type: 'json' };
import shareVerb from '../data/boilerplate/share-verb.json' with { type: 'json' };
import socialNetwork from '../data/boilerplate/social-network.json' with { type: 'json' };
import subscribe from '../data/boilerplate/subscribe.json' with { type: 'json' };
import { endsSentence, linkShare, type View } from '../features/view.ts';
import { Signal } from '../parse/signals.ts';
import { anyOf, inLanguages, type PatternFile } from './patterns.ts';
import { lineRule } from './rule.ts';
import { beginsWith, isDense } from './vocabulary.ts';

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
const channel = new RegExp(`${anyOf(newsletterName)}|${anyOf(app)}`, 'u');

/** Below the text: our page on a network. What somebody says of his own is in quotation marks. */
const network = new RegExp(anyOf(socialNetwork), 'u');
const ourPage = new RegExp(anyOf(ours), 'u');
const quotes = /["“”„«»「」]/;

/** What a call says, in one language: who is spoken to, what is asked, and what of the paper's own it is about. */
interface CallWords {
  readonly reader: RegExp;
  readonly ours: RegExp;
  readonly asks: RegExp;
  readonly about: RegExp;
  readonly app: RegExp;
  readonly section: RegExp;
  readonly shares: RegExp;
}

/** Languages that a short text is easily taken for one another of, and that share most words of a call. */
const neighbours: readonly (readonly string[])[] = [
  ['da', 'nb', 'no', 'sv'],
  ['bs', 'hr', 'sr', 'sl'],
  ['cs', 'sk'],
  ['bg', 'mk', 'ru', 'sr', 'uk'],
  ['es', 'ca', 'gl', 'pt'],
];

const callWordsOf = new Map<string, CallWords>();

/** The words of a language and its neighbours. Each page is asked for its own: 'was' is 'you' in Polish. */
function callWords(language: string): CallWords {
  const known = callWordsOf.get(language);
  if (known) return known;
  const languages = new Set([language, ...neighbours.filter((group) => group.includes(language)).flat()]);
  const of = (...files: readonly PatternFile[]) => new RegExp(inLanguages(languages, files), 'u');
  const words: CallWords = {
    reader: of(reader),
    ours: of(ours),
    asks: new RegExp(`${inLanguages(languages, [subscribe])}|${inLanguages(languages, [imperativeEnd])}$`, 'u'),
    // 'Subscribe' may stand for the newsletter elsewhere; here it asks, and what it asks for must be named too.
    about: of(withoutAsking(newsletterName), socialNetwork),
    app: of(app),
    section: of(commentSection),
    shares: of(shareVerb),
  };
  callWordsOf.set(language, words);
  return words;
}

const withoutAsking = (file: PatternFile): PatternFile => ({
  ...file,
  patterns: Object.fromEntries(
    Object.entries(file.patterns).map(([language, list]) => [language, list?.filter((name) => !asks.test(name))]),
  ),
});

/** Most lines are about none of it. */
const aboutAny = new RegExp([newsletterName, socialNetwork, app, commentSection].map(anyOf).join('|'), 'u');
/** Greek asks with what others end half a sentence by. */
const question = /[?？؟՞፧\u037e]/;
/** A call has no more words than this, wherever in the text it stands. */
const mostCallWords = 25;

/**
 * A paper calls on its reader: the line speaks to somebody, of the paper's own newsletter, app, channel or readers' letters. No single word
 * tells: news speaks of apps and networks, and advice speaks to its reader.
 */
function calls(view: View, folded: string, text: string, begins: boolean): boolean {
  if (!aboutAny.test(folded) || quotes.test(text)) return false;
  const language = view.language();
  if (language === undefined) return false;
  const words = callWords(language);
  const asksBack = question.test(text) || (language === 'el' && text.includes(';'));
  const isOurs = words.ours.test(folded);
  const isSpoken = isOurs || words.reader.test(folded);
  if (isOurs && words.app.test(folded)) return true;
  if (words.about.test(folded) && ((isSpoken && words.asks.test(folded)) || (isOurs && begins))) return true;
  if (asksBack && words.about.test(folded) && words.shares.test(folded)) return true;
  return (isSpoken || asksBack) && words.section.test(folded);
}

/** A line that begins so says enough: it invites to comment. A script without spaces says in six characters what takes sixteen in letters. */
const isInvitation = (folded: string, length: number): boolean => length > (isDense(folded) ? 5 : 16);

export const newsletter = lineRule(
  'newsletter',
  'asks to subscribe, follow, install or comment',
  (view, i, first, end) => {
    const block = view.blocks[i];
    const folded = view.folded[i] ?? '';
    if (!block || block.words > 60) return false;
    const isLast = (i >= end - 4 && block.words <= 45) || (i >= end - 8 && block.words <= 12);
    if (isLast && network.test(folded) && ourPage.test(folded) && !quotes.test(block.text)) return true;
    if (block.words <= 12 && isInvitation(folded, beginsWith('comment', folded)) && !quotes.test(block.text))
      return true;
    const length = /^["“„«]/.test(block.text) ? 0 : beginsWith('newsletter', folded);
    const named = (): boolean => channel.test(folded);
    const isNear = i >= first - 2 && i < end + 4;
    if (isNear && block.words <= mostCallWords && calls(view, folded, block.text, length > 0)) return true;
    if (block.box.above & Signal.newsletter) return length > 0 || block.words < 12 || named();
    if (length === 0)
      return (
        ((block.words <= 16 && linkShare(block) > 0.5) ||
          (block.words <= 9 && asks.test(folded) && !endsSentence(block.text))) &&
        named()
      );
    if (length === folded.length) return block.words > 1 || linkShare(block) > 0.5;
    return block.words <= 40 && named();
  },
);

/** 'Share this article on Facebook or by e-mail' has no more words than this. */
const shareWords = 14;

export const share = lineRule('share', 'a button to share, print or save', (view, i) => {
  const block = view.blocks[i];
  const folded = view.folded[i] ?? '';
  if (!block || block.words > shareWords || folded === '') return false;
  const said = beginsWith('share', folded);
  if (said > 0 && network.test(folded.slice(said)) && !quotes.test(block.text) && !/\d/.test(folded)) return true;
  if (block.words > 10) return false;
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
  return rest === '' ? block.words >= 2 || i >= end - 2 : isInvitation(folded, length);
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

/** How long it plays: '4 min', '3:05'. */
const lasts = /^[\s\d]+(?:(?:min|mins|minut(?:e|es|en|i|os|er)?|sec|sek|мин|минут|dk|dakika|分|분)[\s\d]*)?$/u;

export const mediaControl = lineRule('media', 'labels or controls a picture or a player', (view, i) => {
  const block = view.blocks[i];
  const folded = view.folded[i] ?? '';
  if (!block || block.words > 8 || block.kind === 'heading' || folded === '') return false;
  if (/^\d+ (?:of|de|von|\/|av|van|из|z|sur) \d+$/.test(folded) || /^\d+\s?\/\s?\d+$/.test(block.text)) return true;
  const length = beginsWith('media', folded);
  return length > 0 && (length === folded.length || lasts.test(folded.slice(length))) && !endsSentence(block.text);
});
