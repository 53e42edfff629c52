import { monthNumber, weekdays } from '../../text/dates/months.ts';
import { fold, squeeze } from '../../text/words.ts';
import { beginsWith } from '../boilerplate/vocabulary.ts';

const prefix =
  /^(?:(?:written|posted|reported|published|story|report|words|text|article|analysis|opinion|review|interview|photos?|video|commentary|reporting|compiled|updated|view all posts|all posts|more) )?(?:by|von|par|por|di|door|av|af|de la|automat|oleh|od|przez|от|автор|авторы|автори|autor(?:es|in|zy|ka)?|auteurs?|authors?|författare|forfatter|skribent|journalist|yazar|yazan|haber|γράφει|του|της|بقلم|كتب|מאת|نویسنده|penulis|tác giả|szerző|írta|scris de|de|piše|пише|napsal|text|redaktion|reporter|editor)\s*:?\s+/iu;
/** 'Veröffentlicht von', 'Zeige alle Beiträge von', 'Publicado por', 'Geschreven door': any lead-in of a few words that ends in 'by'. */
const leadIn =
  /^(?:veröffentlicht|verfasst|geschrieben|erstellt|zeige alle beiträge|alle beiträge|beiträge|ein artikel|publié|écrit|rédigé|propos recueillis|publicado|escrito|publicada|pubblicato|scritto|a cura|geschreven|gepubliceerd|skrevet|skriven|publicerad|dodane|napisane|opublikowane) (?:von|par|por|da|di|door|av|af|przez)\s+/iu;
/** 'ByAna Kos', where a template sets no space. */
const glued = /^(?:By|Von|Par|Por|Di|Door|Av|Af)(?=\p{Lu}\p{Ll})/u;
const trailing =
  /\s*(?:[|•·–—→›»]|\s-\s|\(@|@|\son\s(?=\w+day|\d)|\s(?:updated|published|posted|veröffentlicht|publié|publicado)\b).*$/iu;
const place = /\s+(?:in|aus|from|à|w|v|iz|из|в|у)\s+\p{Lu}.*$/u;
const roles =
  /\b(?:staff(?: writer| reporter)?|senior|chief|deputy|managing|associate|contributing|special to|political|business|sports?|national|foreign|white house|investigative|science|health|technology|education|city|general assignment|digital|news|assistant|executive|freelance|guest)?\s*(?:editors?|reporters?|correspondents?|writers?|columnists?|contributors?|journalists?|author|producer|photographer|analyst|anchor|director|presenter|(?:chef)?redakteur(?:in)?|korrespondent(?:in)?|journaliste|redactora?|periodista|corresponsal|redattore|giornalista|redacteur|verslaggever|dziennikarz|novinář|redaktor|журналист|корреспондент|muhabir)\b.*$/iu;
const notName =
  /https?:|www\.|\.com|^(?:by|no|author|no author|admin|administrator|editor|staff|staff reporter|staff writer|webmaster|guest|null|undefined|none|unknown|default|redazione web|share|follow|e-?mail|twitter|facebook|instagram|linkedin|and|more|view all|read more|comments?|updated|published|posted|news|home|contact|print|subscribe|sign in|profile|bio|view profile|see all|about|the author|anonymous|user|гость|gast|invitado|invité|ospite|gość|web ?desk|post|name|text|min(?:utes?)?|reply)$|^(?:(?:photo|foto|image|bild|picture|illustration)\p{L}*|about|shop|follow|read|view|see|share|leave|more|sign|log|subscribe|click|developed|designed|powered) \p{L}/iu;

const agency =
  /^(?:dpa|afp|apa|sda|sid|epd|kna|ap|ansa|efe|pti|ani|ians|reuters|xinhua|tass|hina|fena|srna|tanjug|beta|pap|čtk|tasr|mti|belga|anp|ntb|tt|ritzau|stt|lusa|bta|jiji|kyodo|upi|bloomberg)(?:[-/]\p{L}+)?$/iu;
/** Words that newspapers, agencies and newsrooms are called by, and persons are not. */
const outlet =
  /(?:^|[\s-])(?:news|press|times|journal|gazette|herald|tribune|daily|chronicle|magazine|media|newspapers?|newsroom|network|wire|agency|agencies|agence|agencia|agência|agenzia|agentur|agentura|ajans[ıi]|nieuws|noticias|notícias|notizie|nachrichten|nyheter|nyheder|novosti|zeitung|presse|prensa|imprensa|redaktion|rédaction|redacción|redação|redazione|redactie|redakcja|redakce|redakcija|uredništvo|editorial|staff|team|desk|online|toimitus|szerkesztőség|redacția|редакция|редакція|уредништво|агентство|новости|новини|агенция)(?:$|[\s-])|^the\s|\s(?:in|im|of|the|for|zum|zur|für|pour|para)\s|\p{L}(?:redaktion|zeitung|agentur|nachrichten)$|\p{L}\.\p{Ll}{2,3}$/iu;

/** The sign of a news agency, as it stands beside names: 'dpa', 'AP'. */
export const isAgencySign = (name: string): boolean => agency.test(name);

/** Is this the name of a paper, an agency or a newsroom rather than of a person? */
export const isOutlet = (name: string): boolean =>
  agency.test(/^\p{Lu}{2,5}(?= )/u.exec(name)?.[0] ?? name) || outlet.test(name) || roles.test(name);

/**
 * Splits a byline text into names; empty when it holds none. `marked` text stands where a page puts author names and nothing else: a
 * nickname in small letters is believed there.
 */
export function namesIn(text: string, marked = false): string[] {
  if (/https?:|www\./i.test(text.slice(0, 600))) return [];
  const line = beforeWeekday(
    squeeze(text.slice(0, 600))
      .replace(/<[^>]*>/g, ' ')
      .replace(/\([^)]*\)/g, ' ')
      .replace(/^[^\p{L}]+/u, '')
      .replace(/,\s+in\s.*$/iu, ''),
  );
  const names: string[] = [];
  for (const part of line.split(
    /\s*(?:[;|\n/]|,(?!\s*(?:jr|sr|ii|iii|md|phd|esq)\b)|&|\s(?:and|und|et|y|e|och|og|ja|i|en|și|và|dan|ve|και|и|та|і|a)\s)\s*/iu,
  )) {
    const name = nameOf(part);
    if (isName(name, marked) && !names.some((known) => fold(known) === fold(name))) names.push(name);
  }
  // Beside full names a single word is a place or a role, unless it is an agency.
  const full = names.filter((name) => name.includes(' ') || agency.test(name));
  return (full.some((name) => name.includes(' ')) ? full : names).slice(0, 12);
}

function nameOf(part: string): string {
  let name = squeeze(part).replace(leadIn, '').replace(glued, '');
  for (let i = 0; i < 2; i++) name = name.replace(prefix, '');
  name = withoutDate(name.replace(trailing, ''))
    .replace(/\s+(?:for|für|pour|para|voor|via)\s+\p{Lu}.*$/iu, '')
    .replace(place, '');
  if (!/^(?:the|la|le|el|il|die|der|das) /i.test(name)) {
    const person = name.replace(roles, '');
    // 'Courier staff reporter' signs for nobody: without the role there is no name left.
    if (person.includes(' ') || person.trim() === '') name = person;
  }
  return name.replace(/[\s,.:;*-]+$/u, (end) => (/\b(?:jr|sr)\.$/i.test(name) ? end : '')).trim();
}

/** A word and a comma before the day of a month: 'Sun, 22 Nov 2026'. */
const beforeDay = /(?:^|\s)(\p{L}{2,12})\.?,\s*(?=\d{1,2}(?!\d))/gu;

/** 'Ana Kos Sun, 22 Nov 2026' without its date; 'Sun' elsewhere is a name. */
function beforeWeekday(line: string): string {
  for (const match of line.matchAll(beforeDay)) {
    const word = (match[1] ?? '').toLowerCase();
    if (word === 'sun' || weekdays.short.has(word) || weekdays.long.has(word)) return line.slice(0, match.index);
  }
  return line;
}

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
      (words.length > 2 && weekdays.short.has(word)) ||
      (digit >= 0 && (/^\p{Ll}{1,4}$/u.test(last) || (word.length > 2 && monthNumber(word, undefined) !== undefined)));
    if (!dated) break;
    words.pop();
  }
  return words.join(' ');
}

function isName(name: string, marked: boolean): boolean {
  if (name.length < 2 || name.length > 60 || notName.test(name)) return false;
  const words = name.split(' ');
  if (words.length > 6 || /\d|[@#<>{}()[\]=!?:]|[“”„"‘’«»]$/.test(name)) return false;
  if (agency.test(name)) return true;
  if (!/^\p{L}/u.test(name)) return false;
  if (words.length < 4) {
    const folded = fold(name);
    if (beginsWith('dateline', folded) === folded.length) return false;
  }
  // Scripts with capitals write names with them, first word and last.
  if (words.length > 1 && /^\p{Ll}/u.test(words.at(-1) ?? '')) return false;
  return (
    !/^\p{Ll}/u.test(name) ||
    (marked && words.length === 1) ||
    /^(?:van|von|de|da|di|al|el|bin|ibn|ter|ten|del|della|du|le|la|dos|d['’])/u.test(name)
  );
}
