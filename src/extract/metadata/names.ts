import { decodeHTML } from 'entities';
import { isAgencySign } from '../../text/agencies.ts';
import { monthNumber, weekdays } from '../../text/dates/months.ts';
import { fold, squeeze } from '../../text/words.ts';
import { beginsWith } from '../boilerplate/vocabulary.ts';
import noName from '../data/names/no-name.json' with { type: 'json' };
import outletNames from '../data/names/outlet.json' with { type: 'json' };
import { endsSentence } from '../features/view.ts';
import {
  behindDate,
  degreeAfter,
  deskFirst,
  gluedAfter,
  gluedBefore,
  isDegree,
  labelBefore,
  labelOfBoth,
  labelWithin,
  noWriterBefore,
  noWriterWhole,
  roleAfter,
} from './name-words.ts';

/** 'ByAna Kos', where a template sets no space. */
const glued = /^(?:By|Von|Par|Por|Di|Door|Av|Af)(?=\p{Lu}[\p{Ll}.])/u;
const trailing =
  /\s*(?:[|•·–—→›»]|\s-\s|\(@|@|\son\s(?=\w+day|\d)|\s(?:updated|published|posted|veröffentlicht|publié|publicado)\b).*$/iu;
const place = /\s+(?:in|aus|from|à|w|v|iz|из|в|у)\s+\p{Lu}.*$/u;
const nameless = noName.patterns;
const notName = new RegExp(
  `https?:|www\\.|\\.com|^(?:${nameless.whole.join('|')})$|^(?:${nameless.begins.join('|')}) \\p{L}`,
  'iu',
);

/** Words that newspapers, agencies and newsrooms are called by, and persons are not. */
const outletWord = new RegExp(`(?:^|[\\s-])(?:${outletNames.patterns.word.join('|')})(?:$|[\\s-])`, 'iu');
const outletForm =
  /^the\s|\s(?:in|im|of|the|for|zum|zur|für|pour|para)\s|\p{L}(?:redaktion|zeitung|agentur|nachrichten)$|\p{L}\.\p{Ll}{2,3}$/iu;
const isCalledOutlet = (name: string): boolean => outletWord.test(name) || outletForm.test(name);

/** Is this the name of a paper, an agency or a newsroom rather than of a person? */
export const isOutlet = (name: string): boolean =>
  isAgencySign(/^\p{Lu}{2,5}(?= )/u.exec(name)?.[0] ?? name) || isCalledOutlet(name) || roleAfter.test(name);

/** Signs and words between names. 'Jr' and the like behind a comma belong to the name before it. */
const between =
  /\s*(?:[;|\n/、，；｜／]|(?<=[\uac00-\ud7a3])\s*·\s*(?=[\uac00-\ud7a3])|,(?!\s*(?:jr|sr|ii|iii)\b)|&|\s(?:and|und|et|y|e|och|og|ja|i|en|și|và|dan|ve|και|и|та|і|a)\s)\s*/iu;
const conjunction = /^(?:and|und|et|y|och|og|ja|și|và|dan|ve|και|та|with|mit|avec|con)\s+/u;
/** 'National Institute of Allergy and Infectious Diseases' is one name. */
const institution =
  /(?<!\p{L})(?:institut|universit|center|centre|department|ministry|school|college|association|society|foundation|council|academy|office|bureau|committee|federation)\p{L}{0,4} (?:of|for) [^,;|/]*/giu;
/** Stands for a space at which a name is not split. */
const joint = '\u0002';
const withJoint = (name: string): string => name.replaceAll(/ (?=and )/g, joint).replaceAll('and ', `and${joint}`);
/** Marks a part whose name stands in brackets as that of a photographer or an editor. */
const struck = '\u0001';

/**
 * Splits a byline text into names; empty when it holds none. `marked` text stands where a page puts author names and nothing else: a
 * nickname in small letters is believed there. Who made the pictures, edited or translated is no author.
 */
export function namesIn(text: string, marked = false): string[] {
  if (/https?:|www\./i.test(text.slice(0, 600))) return [];
  const decoded = text.includes('&') ? decodeHTML(text.slice(0, 600)) : text.slice(0, 600);
  const line = beforeWeekday(
    squeeze(decoded)
      .replace(/<[^>]*>/g, ' ')
      .replace(/\S{1,64}@[\w-]{1,64}(?:\.[\w-]{1,20})+/g, ' ')
      .replace(/^\s*[(（]([^()（）]*)[)）]\s*$/, '$1')
      .replace(/[(（]([^()（）]*)[)）]/g, (_, inner: string) => (noWriterWhole.test(inner.trim()) ? struck : ' '))
      .replace(/[【】〔〕]/g, ' ')
      .replace(/^[^\p{L}]+/u, '')
      .replace(labelOfBoth, '')
      .replace(/[\])]$/, '')
      // 'Words by Ana Kos. Photographs by …': a full stop behind a word that is no title ends a part.
      .replace(/(?<=\p{Ll}{4})\.\s+(?=\p{Lu})/gu, '; ')
      .replace(/\s(?:avec|with|mit|con|com|med|met)\s(?=\p{Lu}{2,})/gu, '; ')
      .replace(reportsFrom, '')
      .replace(/,\s+in\s.*$/iu, '')
      .replace(labelWithin, ';'),
  );
  const names: string[] = [];
  // Once somebody is named as photographer, so are those behind, up to the next label.
  let others = false;
  for (const whole of line.replace(institution, withJoint).split(between)) {
    const part = whole.replaceAll(joint, ' ').replace(conjunction, '').trim();
    if (part === '' || isDegree(part)) continue;
    if (noWriterBefore.test(part) && !isHouse(part)) others = true;
    else if (labelBefore.test(part) || gluedBefore.test(part)) others = false;
    if (others || part.includes(struck) || (names.length > 0 && tellsRole(part))) continue;
    for (const name of namesOfPart(part))
      if (isName(name, marked) && !names.some((known) => fold(known) === fold(name))) names.push(name);
  }
  // Beside full names or an agency a single word is a place or a role.
  const full = names.filter((name) => isFull(name) || isAgencySign(name));
  return (full.length > 0 ? full : names).slice(0, 12);
}

/** 'Aus Hellbrück berichtet …' */
const reportsFrom =
  /^(?:aus|from|desde|depuis|de|da)\s+\p{Lu}[\p{L} -]{2,30}\s(?:berichtet|berichten|reports|informa|rapporte)\s+/iu;

/** Behind a name: what it does or whose it is, not another: 'Local Democracy Reporter', 'da Folha de Ribamar', '白水報導'. */
const tellsRole = (part: string): boolean =>
  (roleAfter.test(part) && deskFirst.test(part)) ||
  /^(?:das?|dos?|del|della|du|dal|vom|aus|from|of) (?:\p{L}+ )?\p{Lu}/u.test(part) ||
  (/(?:报道|報導|報道)$/u.test(part) && !gluedBefore.test(part));

/**
 * Names in a line that tells a date, before it or after a 'by' behind it: 'Ana Kos • 22 Nov 2026 12:25', 'Ana KosNov 22, 2026'. Full names
 * only: a lone word there is a place or a section.
 */
export function namesBesideDate(line: string): string[] {
  if (line.length > 120 || !/\d{4}|\d[.:/]\d/.test(line)) return [];
  const behind = behindDate.exec(line);
  const spaced = line.replace(/(?<=\p{Ll})\p{Lu}\p{Ll}{2,8}(?=\.?\s\d)/gu, (word) =>
    monthNumber(word.toLowerCase(), undefined) === undefined ? word : ` ${word}`,
  );
  const date = spaced.search(/\d/);
  // Beside the name and the date stand a month, a label, a count of readers, and no sentence.
  const rest = spaced
    .slice(date)
    .match(/\p{L}{3,}/gu)
    ?.filter((word) => monthNumber(word.toLowerCase(), undefined) === undefined);
  if (!behind && (endsSentence(line) || (rest?.length ?? 0) > 3)) return [];
  const apart = /\p{L}/u.test(spaced.slice(0, date)) ? undefined : behindSign.exec(spaced)?.[1];
  const named = behind ? line.slice(behind.index + behind[0].length) : (apart ?? spaced.slice(0, date + 1));
  return namesIn(named).filter((name) => personForm.test(name) && !isOutlet(name));
}

/** Names in a line that holds nothing else: 'Ana Kos', 'Ana Kos, Liu Wei and T. Hale'. */
export function namesAlone(line: string): string[] {
  if (line.length > 90 || /\d/.test(line) || endsSentence(line)) return [];
  const names = namesIn(line);
  const rest = names.reduce((left, name) => left.replace(name, ' '), line);
  // Between the names stands at most a word for 'and'.
  const isAll = rest.split(/[\s,/&|·;]+/u).every((word) => /^\p{Ll}{0,3}$/u.test(word));
  return isAll && names.every((name) => personForm.test(name) && !isOutlet(name)) ? names : [];
}

/** '11.12.2026 - Ana Kos', '22. Nov 2026, 12:25 Uhr | Ana Kos': behind a date that begins the line, a sign and nothing but a name. */
const behindSign = /\d\)?\.?\s?(?:(?:uhr|h|pm|am)\s)?[|•·–—-]\s(?=\p{Lu})([^\d]{3,60})$/iu;

/** Two to five words with capitals, with at most a particle between: a person's name, and few else. */
const personForm =
  /^\p{Lu}[\p{L}.'’-]*(?: (?:\p{Lu}[\p{L}.'’-]*|de|da|di|du|del|la|le|van|von|der|den|ter|al|el|bin|ibn)){0,3} \p{Lu}[\p{L}.'’-]*(?<!['’]s)$/u;

/** 'Photo Agency North' is called so. */
const isHouse = (part: string): boolean => isCalledOutlet(part) && !/[:：/]/.test(part);

const han = /^[\u3400-\u9fff·]+$/;
const noSpaces = /^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3·・\s]+$/;

/** A name of more than one word, or one in a script that sets none apart. */
export const isFull = (name: string): boolean => name.includes(' ') || (name.length > 1 && noSpaces.test(name));

/** Mostly one name; several where Chinese papers set a space between them. */
function namesOfPart(part: string): string[] {
  const label = gluedBefore.exec(part)?.[0] ?? '';
  const bare = part.slice(label.length).replace(gluedAfter, '').trim();
  if (!noSpaces.test(bare)) return [nameOf(part)];
  const words = bare.split(' ');
  if (/[记者讯员]/.test(label) && words.every((word) => han.test(word)))
    return words.some((word) => word.length === 1) ? [words.join('')] : words;
  // '백수일보 김민수 기자': the paper stands before the name.
  const [last = '', paper] = words.toReversed();
  if (paper !== undefined && paper.length > 2 && last.length > 1 && /^[\uac00-\ud7a3]{2,4}$/.test(last)) return [last];
  return [bare];
}

function nameOf(part: string): string {
  let name = squeeze(part).replace(glued, '');
  for (let i = 0; i < 2; i++) name = name.replace(labelBefore, '');
  name = withoutDate(name.replace(trailing, ''))
    .replace(/\s+(?:for|für|pour|para|voor|via)\s+\p{Lu}.*$/iu, '')
    .replace(place, '')
    .replace(gluedAfter, '');
  if (!/^(?:the|la|le|el|il|die|der|das) /i.test(name)) {
    const person = name.replace(roleAfter, '');
    // 'Courier staff reporter' signs for nobody: without the role there is no name left.
    if (person.includes(' ') || person.trim() === '') name = person;
  }
  const bare = name.replace(degreeAfter, '');
  if (bare.includes(' ')) name = bare;
  return name.replace(/[\s,.:;*-]+$/u, (end) => (/\b(?:jr|sr)\.$/i.test(name) ? end : '')).trim();
}

/** A word and a comma before the day of a month: 'Sun, 22 Nov 2026'. */
const beforeDay = /(?:^|\s)(\p{L}{2,12})\.?,\s*(?=\d{1,2}(?!\d))/gu;

/** 'Ana Kos Sun, 22 Nov 2026' without its date; 'Sun' elsewhere is a name. */
function beforeWeekday(line: string): string {
  for (const match of line.matchAll(beforeDay)) {
    const word = (match[1] ?? '').toLowerCase();
    if (isParticle(line.slice(0, match.index))) continue;
    if (word === 'sun' || weekdays.short.has(word) || weekdays.long.has(word)) return line.slice(0, match.index);
  }
  return line;
}

/** Does a text end in a word after which a name goes on, be it 'Mar' or 'Sol'? */
const isParticle = (text: string): boolean =>
  /(?:^|\s)(?:del?|de la|da|do|dos|di|van|von|el|al|la|le)$/iu.test(text.trim());

/** Short days that nobody is called by: Mar, Do, Sam, Dom and An are names, and short days elsewhere. */
const onlyDays = new Set('sat mon tue tues wed thu thur thurs fri'.split(' '));

const prepositions = new Set('am um on at den dne dnia em на от на'.split(' '));

/** 'Ana Kos Sat', 'Ana Kos am Samstag', 'Ana Kos November 22': a date that a page glues to the name. */
function withoutDate(name: string): string {
  const digit = name.search(/\d/);
  const words = squeeze(digit < 0 ? name : name.slice(0, digit)).split(' ');
  for (let last = words.at(-1); last; last = words.at(-1)) {
    const word = last.toLowerCase().replace(/[.,]+$/, '');
    const dated =
      prepositions.has(word) ||
      weekdays.long.has(word) ||
      (words.length > 2 && (digit >= 0 ? weekdays.short.has(word) : onlyDays.has(word))) ||
      (digit >= 0 && (/^\p{Ll}{1,4}$/u.test(last) || (word.length > 2 && monthNumber(word, undefined) !== undefined)));
    if (!dated || isParticle(words.slice(0, -1).join(' '))) break;
    words.pop();
  }
  return words.join(' ');
}

function isName(name: string, marked: boolean): boolean {
  if (name.length < 2 || name.length > 60 || notName.test(name)) return false;
  const words = name.split(' ');
  if (words.length > 6 || /\d|[@#<>{}()[\]=!?:]|[“”„"‘’«»]$/.test(name)) return false;
  if (isAgencySign(name)) return true;
  if (!/^\p{L}/u.test(name)) return false;
  // 'Wed' is what is left of a date.
  const day = name.toLowerCase();
  if (onlyDays.has(day) || weekdays.long.has(day)) return false;
  if (words.length < 4) {
    const folded = fold(name);
    if (beginsWith('dateline', folded) === folded.length) return false;
  }
  // Scripts with capitals write names with them, first word and last.
  if (words.length > 1 && /^\p{Ll}(?!\p{L}{0,3}['’]\p{Lu})/u.test(words.at(-1) ?? '')) return false;
  return (
    !/^\p{Ll}/u.test(name) ||
    (marked && words.length === 1) ||
    /^(?:van|von|de|da|di|al|el|bin|ibn|ter|ten|del|della|du|le|la|dos|d['’])/u.test(name)
  );
}
