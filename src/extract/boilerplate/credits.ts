import authorRole from '../data/boilerplate/author-role.json' with { type: 'json' };
import creditOwner from '../data/boilerplate/credit-owner.json' with { type: 'json' };
import disclaimerBegins from '../data/boilerplate/disclaimer-begins.json' with { type: 'json' };
import lives from '../data/boilerplate/lives.json' with { type: 'json' };
import notice from '../data/boilerplate/notice.json' with { type: 'json' };
import paidForLinks from '../data/boilerplate/paid-for.json' with { type: 'json' };
import pictureCredit from '../data/boilerplate/picture-credit.json' with { type: 'json' };
import pictureShows from '../data/boilerplate/picture-shows.json' with { type: 'json' };
import pictureWord from '../data/boilerplate/picture-word.json' with { type: 'json' };
import profession from '../data/boilerplate/profession.json' with { type: 'json' };
import professionAbroad from '../data/boilerplate/profession-abroad.json' with { type: 'json' };
import rightsReserved from '../data/boilerplate/rights-reserved.json' with { type: 'json' };
import takenFrom from '../data/boilerplate/taken-from.json' with { type: 'json' };
import writes from '../data/boilerplate/writes.json' with { type: 'json' };
import { endsSentence, isParagraph, linkShare, type View } from '../features/view.ts';
import type { Block } from '../parse/block.ts';
import { Signal } from '../parse/signals.ts';
import { anyOf } from './patterns.ts';
import { lineRule } from './rule.ts';
import { beginsWith } from './vocabulary.ts';

/** Kept as the lead image's caption and credit, not as text. */
export const caption = lineRule('caption', 'the caption of a picture', (view, i) => {
  const block = view.blocks[i];
  if (!block) return false;
  if (block.kind === 'caption' && !block.inTable) return true;
  if (isSetBelow(view.blocks, i) || saysWhatIsShown(block)) return true;
  return block.inFigure && !block.inQuote && !block.inTable && block.words < 60;
});

/** A short line in the middle below a picture, where the text is not set so: a caption of the time before `<figure>`. */
const isSetBelow = (blocks: readonly Block[], i: number): boolean => {
  const block = blocks[i];
  if (!block?.afterPicture || !block.centred || block.kind === 'heading' || block.words >= 40) return false;
  return blocks[i - 1]?.centred !== true && blocks[i + 1]?.centred !== true;
};

const shows = new RegExp(`^[[(（]?${anyOf(pictureShows)}`, 'iu');

/** The caption of an agency that a template sets as a paragraph: 'In this Dec. 12 file photo, …'. A text may begin so, but not go on in its line. */
const saysWhatIsShown = (block: Block): boolean =>
  block.words <= 60 && block.kind !== 'heading' && !block.inQuote && shows.test(block.text);

/** After the word for a picture: '… credit:', '… by ©'. */
const ofWhom = '(?:graph)?(?:s|o)?(?:\\s?(?:credit|courtesy|by|source|via|of|par|por|von))?\\s?[:：/©|]';
const credit = new RegExp(`^[([]?(?:${anyOf(pictureWord)}${ofWhom}|${anyOf(pictureCredit)})`, 'iu');
const creditEnd = new RegExp(`(?:/|via |\\(|\\bby )?${anyOf(creditOwner)}\\)?\\.?$`, 'iu');
const reserved = new RegExp(anyOf(rightsReserved), 'u');

/** Photo credits: '/ Source: …', '© …', 'Photo: …', 'Name/Agency'. */
export const creditLine = lineRule('credit', 'says whose picture it is', (view, i) => {
  const block = view.blocks[i];
  if (!block || block.words > 45 || block.kind === 'heading') return false;
  if (block.words <= 30 && credit.test(block.text) && !(endsSentence(block.text) && block.words > 20)) return true;
  if (
    /[/|–—(]\s*(?:source|photo|foto|credit|image|quelle|fuente|fonte|izvor|извор|источник|zdroj|źródło|forrás|sursa|πηγή|kaynak)\s?:\s?\S[^.]{1,60}$/iu.test(
      block.text,
    )
  )
    return true;
  return (
    block.words <= 9 &&
    !endsSentence(block.text.replace(/\.$/, '')) &&
    creditEnd.test(block.text) &&
    /[/|(©]|via /.test(block.text)
  );
});

export const copyright = lineRule('copyright', 'says who owns the page', (view, i, _first, end) => {
  const block = view.blocks[i];
  const folded = view.folded[i] ?? '';
  if (!block || block.words > 70) return false;
  if (/^(?:©|\(c\)\s|&copy;)/i.test(block.text) && block.words <= 40) return true;
  const length = beginsWith('copyright', folded);
  if (length > 0 && (block.words <= 14 || i >= end - 6)) return true;
  if (i < end - 8) return false;
  return block.words <= 60 && reserved.test(folded);
});

const origin = new RegExp(`^[([（]?\\s?(?:${anyOf(takenFrom)})\\s?[:：]`, 'iu');
/** A line that says where the text was taken from has no more words than this. */
const originWords = 12;

export const agencySignature = lineRule(
  'agency-signature',
  'names reporters, editors or the agency, which are kept as metadata',
  (view, i, first, end) => {
    const block = view.blocks[i];
    const folded = view.folded[i] ?? '';
    if (!block || block.words > 50) return false;
    const atEdge = i >= end - 6 || i <= first + 1;
    if (atEdge && block.words <= originWords && origin.test(block.text)) return true;
    if (i < first) return false;
    if (
      /^[([]?\s*(?:additional )?(?:reporting|writing|editing|compiled|edited|written|reported) by\b/i.test(block.text)
    )
      return true;
    if (i < end - 6) return false;
    if (/^\(?(?:ends?|fin|fim|ende|koniec|конец|完)\)?$/iu.test(block.text)) return true;
    const length = beginsWith('agency', folded);
    if (
      length > 8 &&
      block.words <= 35 &&
      /reporting|editing|contributed|originally|first appeared|agenc|standards|republished|dpa|afp/.test(folded)
    )
      return true;
    return (
      block.words <= 6 &&
      /^[([\-–—/©\s]*(?:Reuters|AFP|AP|dpa|EFE|ANSA|PTI|ANI|IANS|Xinhua|TASS|Tanjug|Beta|Hina|FENA|SRNA|BTA|PAP|ČTK|TASR|MTI|APA|Agencies|Agenturen|Agences|Agencias)(?:[\s/,-]+\p{L}+){0,3}[)\]\s.]*$/u.test(
        block.text,
      )
    );
  },
);

export const tagList = lineRule('tags', 'a list of topics', (view, i, first, end) => {
  const block = view.blocks[i];
  const folded = view.folded[i] ?? '';
  if (!block || block.words > 40 || folded === '') return false;
  const length = beginsWith('tag', folded);
  if (length === folded.length && (i >= end - 8 || i < first)) return block.kind !== 'heading' || i >= end - 8;
  if (length > 0 && linkShare(block) > 0.4 && block.links >= 1 && !endsSentence(block.text)) return true;
  if (/^(?:#[\p{L}\p{N}_]+[\s,]*)+$/u.test(block.text)) return true;
  return (block.box.above & Signal.tags) !== 0 && linkShare(block) > 0.6 && block.words <= 6;
});

const isA = '\\b(?:is|are|was) (?:an? |the |currently |also )*(?:[\\p{L}-]+ ){0,6}';
const isAbroad =
  '(?:^| )(?:ist|est|es|é|è|je|jest|este|är|er|on|е|është|is een) (?:ein(?:e)? |une? |an? |uno? |uma? |en |o )?(?:[\\p{L}-]+ ){0,3}';
const roleWords = new RegExp(
  `${isA}${anyOf(profession)}\\b|${isAbroad}${anyOf(professionAbroad)}|${anyOf(authorRole)}`,
  'iu',
);

/** Says of somebody that he or she writes, edits or reports. */
export const tellsOfWriter = (text: string): boolean => roleWords.test(text);

/** 'Ana Novak is …', 'Ana Novak: She is …': two to four capitalised words, then what she is. */
const startsWithName =
  /^\p{Lu}[\p{L}.'’-]*(?: (?:(?:van|von|de|del|della|di|al|bin) )?\p{Lu}[\p{L}.'’-]*){1,3}(?:: \p{Lu}\p{L}* is | (?:is|ist|est|es|è|é|je|jest|este|är|er|е|është|writes|schreibt|écrit|escribe|scrive|pisze|piše|пише|пишет) )/u;

/** A few lines on the author: begins with the author's name or stands in an author box. */
export const bio = lineRule('bio', 'speaks of the author', (view, i, first, end) => {
  const block = view.blocks[i];
  const folded = view.folded[i] ?? '';
  if (!block || block.words > 130 || block.words < 2) return false;
  const edge = i <= first + 2 || i >= end - 6;
  if (!edge) return false;
  if (beginsWith('bio', folded) > 0 && block.words <= 12) return true;
  const inBox = (block.box.above & (Signal.bio | Signal.byline)) !== 0;
  const named = view.authors.some(
    (author) => folded.startsWith(author) || (block.words < 60 && folded.slice(0, 80).includes(author)),
  );
  if (named && roleWords.test(block.text)) return true;
  if (
    startsWithName.test(block.text) &&
    block.words >= 8 &&
    roleWords.test(block.text.slice(0, 160)) &&
    (i <= first || i >= end - 2)
  )
    return true;
  if (named && /^[\p{Lu}][\p{L}.'’ -]{2,40}:\s/u.test(block.text)) return true;
  return inBox && (block.words <= 12 || roleWords.test(block.text) || i >= end - 1);
});

const saysOf =
  /^ (?:is|was|are|has|covers|writes|reports|joined|ist|schreibt|est|es|era|è|é|jest|je|este|är|er|on|est une?|является|пише|piše) /u;

/** Paragraphs that stand above a note on an author whom the page does not name. */
const paragraphsAbove = 3;
const longestLife = 60;

const writing = new RegExp(`(?:^| )${anyOf(writes)}(?: |$)|(?:取材|執筆|連載|취재|쓴다|报道|報導|撰稿|撰写|เขียน)`, 'u');
const living = new RegExp(`(?:^| )${anyOf(lives)}(?: |$)|(?:在住|暮らす|산다|살고|住在|居住|现居|อาศ)`, 'u');
const year = /(?<!\d)(?:1[3-4]|19|20|25)\d\d(?!\d)/;
/** Two words with capitals, or letters of a script that has none. */
const startsLikeName = /^(?:\p{Lu}[\p{L}.'’-]* \p{Lu}|\p{Lo})/u;

/** Does a line say what somebody writes about, and since when or where he or she lives? */
const tellsLife = (text: string, line: string): boolean =>
  startsLikeName.test(text) && writing.test(line) && (living.test(line) || year.test(line));

/** The last line says that somebody writes who does not occur in the text above it. */
function isStrangersLife({ blocks, folded, foldedWhole }: View, i: number, first: number): boolean {
  const { text, words } = blocks[i] as Block;
  const isWriter = words >= 8 && startsWithName.test(text) && roleWords.test(text.slice(0, 160));
  if (words > longestLife || !(isWriter || tellsLife(text, folded[i] ?? ''))) return false;
  const [given = '', family = ''] = (folded[i] ?? '').split(' ');
  let above = 0;
  for (let j = first; j < i; j++) {
    if (isParagraph(blocks[j] as Block)) above++;
    if ((blocks[j] as Block).words > 8 && [given, family].some((name) => ` ${foldedWhole(j)} `.includes(` ${name} `)))
      return false;
  }
  return above >= paragraphsAbove;
}

/** 'Ana Novak is a reporter at …' as one of the last lines, when the page names Ana Novak as its author. */
export const authorNote = lineRule('author-note', 'says who the author is, under the text', (view, i, first, end) => {
  const block = view.blocks[i];
  const folded = view.folded[i] ?? '';
  if (!block || i <= first || i < end - 4 || block.words < 5 || block.words > 90) return false;
  if (i >= end - 1 && isStrangersLife(view, i, first)) return true;
  return view.authors.some(
    (author) =>
      author.includes(' ') &&
      folded.startsWith(author) &&
      saysOf.test(folded.slice(author.length)) &&
      roleWords.test(block.text.slice(0, 220)),
  );
});

/** Affiliate notes and where the text came from, wherever in the line they stand. */
const paidFor = new RegExp(anyOf(paidForLinks));
const disclaims = new RegExp(`^${anyOf(disclaimerBegins)}`);
const notices = new RegExp(`^${anyOf(notice)}`, 'u');

/** A few sentences in Latin letters below a text that has none, not even in its headline: the publisher's, not the author's. */
const isSmallPrint = ({ text, words }: Block, title: string): boolean =>
  words >= 8 && title.length > 3 && !latin.test(title) && !otherLetters.test(text) && !quotes.test(text);
const latin = /\p{sc=Latin}/u;
const otherLetters = /(?!\p{sc=Latin})\p{L}/u;
const quotes = /["“”«»]/;

/** The views expressed …: a disclaimer under an opinion. */
export const disclaimer = lineRule('disclaimer', 'a disclaimer of the publisher', (view, i, first, end) => {
  const block = view.blocks[i];
  const folded = view.folded[i] ?? '';
  if (!block || block.words > 90 || (i < end - 6 && i > first + 1)) return false;
  if (isSmallPrint(block, view.title)) return true;
  if (paidFor.test(folded) || notices.test(folded)) return true;
  return (
    disclaims.test(folded) &&
    /views|opinion|necessarily reflect|affiliate|commission|generated|auto|syndicated|published (?:by|in|on|under|from)|republish|licen[cs]e|originally|first appeared|not been edited|meinung/.test(
      folded,
    )
  );
});
