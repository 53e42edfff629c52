import { fold, squeeze } from '../words.ts';
import { isThing, type Thing, textOf, typesOf } from './json-ld.ts';
import type { PageFacts } from './page-facts.ts';
import type { Vote } from './title.ts';

const prefix =
  /^(?:(?:written|posted|reported|published|story|report|words|text|article|analysis|opinion|review|interview|photos?|video|commentary|reporting|compiled|updated) )?(?:by|von|par|por|di|door|av|af|de la|automat|oleh|od|przez|от|автор|авторы|автори|autor(?:es|in|zy|ka)?|auteurs?|authors?|författare|forfatter|skribent|journalist|yazar|yazan|haber|γράφει|του|της|بقلم|كتب|מאת|نویسنده|penulis|tác giả|szerző|írta|scris de|de|piše|пише|napsal|text|redaktion|reporter|editor)\s*:?\s+/iu;
const trailing =
  /\s*(?:[|•·–—]|\s-\s|,\s*(?=\p{Lu}[\p{L}]+ (?:Editor|Reporter|Correspondent|Writer|Press|Staff|Columnist))|\(@|@|\son\s(?=\w+day|\d)|\d{1,2}[:.]\d\d|\d{4}|\s(?:updated|published|posted|veröffentlicht|publié|publicado)\b).*$/iu;
const roles =
  /\b(?:staff(?: writer| reporter)?|senior|chief|deputy|managing|associate|contributing|special to|political|business|sports?|national|foreign|white house|investigative|science|health|technology|education|city|general assignment|digital|news|assistant|executive|freelance|guest)?\s*(?:editors?|reporters?|correspondent|writer|columnist|contributor|journalist|author|producer|photographer|redakteur(?:in)?|korrespondent(?:in)?|journaliste|redactora?|periodista|corresponsal|redattore|giornalista|redacteur|verslaggever|dziennikarz|novinář|redaktor|журналист|корреспондент|muhabir)\b.*$/iu;
const notName =
  /https?:|www\.|\.com|^(?:by|author|admin|administrator|editor|staff|staff reporter|staff writer|webmaster|guest|null|undefined|none|unknown|default|redazione web|share|follow|email|twitter|facebook|and|more|view all|read more|comments?|updated|published|posted|news|home|contact|print|subscribe|sign in|profile|bio|view profile|see all|about|the author|anonymous|user|web ?desk)$/iu;

/** Splits a byline text into names; empty when it holds none. */
export function namesIn(text: string): string[] {
  const line = squeeze(text)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/^[^\p{L}]+/u, '');
  const names: string[] = [];
  for (const part of line.split(
    /\s*(?:[;|\n/]|,(?!\s*(?:jr|sr|ii|iii|md|phd|esq)\b)|&|\s(?:and|und|et|y|e|och|og|ja|i|en|și|và|dan|ve|και|и|та|і|a)\s)\s*/iu,
  )) {
    let name = squeeze(part);
    for (let i = 0; i < 2; i++) name = name.replace(prefix, '');
    name = name.replace(trailing, '').replace(/\s+(?:for|für|pour|para|voor|via)\s+\p{Lu}.*$/u, '');
    if (!/^(?:the|la|le|el|il|die|der|das) /i.test(name)) name = name.replace(roles, '');
    name = name.replace(/[\s,.:;*]+$/u, (end) => (/\b(?:jr|sr)\.$/i.test(name) ? end : '')).trim();
    if (isName(name) && !names.some((known) => fold(known) === fold(name))) names.push(name);
  }
  // Beside full names a single word is a place or a role, unless it is an agency.
  const full = names.filter((name) => name.includes(' ') || agency.test(name));
  return (full.some((name) => name.includes(' ')) ? full : names).slice(0, 12);
}

const agency =
  /^(?:dpa|afp|apa|sda|sid|epd|kna|ap|ansa|efe|pti|ani|ians|reuters|xinhua|tass|hina|fena|srna|tanjug|beta|pap|čtk|tasr|mti|belga|anp|ntb|tt|ritzau|stt|lusa|bta)(?:[- ]\p{L}+)?$/iu;

function isName(name: string): boolean {
  if (name.length < 2 || name.length > 60 || notName.test(name)) return false;
  const words = name.split(' ');
  if (words.length > 6 || /\d|[@#<>{}[\]=!?:]/.test(name)) return false;
  if (agency.test(name)) return true;
  if (!/^\p{L}/u.test(name)) return false;
  // Scripts with capitals write names with them.
  return (
    !/^\p{Ll}/u.test(name) || /^(?:van|von|de|da|di|al|el|bin|ibn|ter|ten|del|della|du|le|la|dos|d['’])/u.test(name)
  );
}

/** Bylines by vote: structured data before tags before what stands on the page. */
export function voteByline(
  facts: PageFacts,
  article: Thing | undefined,
  things: readonly Thing[],
  site: string | undefined,
  lines: readonly string[],
  feedAuthors: readonly string[],
): { byline: readonly string[]; votes: readonly Vote[] } {
  const votes: Vote[] = [];
  const candidates: { names: string[]; organisation: boolean; weight: number }[] = [];
  const siteFolded = fold(site ?? '');
  const add = (origin: string, found: string[], weight: number, organisation = false): void => {
    if (found.length === 0) return;
    // 'Kayla Jimenez USA TODAY': the paper's name is no part of hers.
    const names = found.map((name) =>
      site && name.length > site.length + 5 && name.endsWith(` ${site}`)
        ? name.slice(0, -site.length - 1).trim()
        : name,
    );
    const isSite = names.every(
      (name) => siteFolded !== '' && (fold(name) === siteFolded || siteFolded.includes(fold(name))),
    );
    candidates.push({ names, organisation: organisation || isSite, weight });
    votes.push({ origin, value: names.join('; '), weight });
  };

  const structured = authorsOf(article?.author ?? article?.creator, things);
  add('json-ld', structured.people, 3);
  if (structured.people.length === 0) add('json-ld', structured.organisations, 2.9, true);
  const meta = (name: string): string[] => (facts.meta.get(name) ?? []).filter((v) => !/^https?:/.test(v));
  for (const [name, weight] of [
    ['author', 2],
    ['article:author', 1.9],
    ['parsely-author', 2],
    ['sailthru.author', 2],
    ['dc.creator', 1.8],
    ['dcterms.creator', 1.8],
    ['byl', 1.8],
    ['article:author_name', 1.9],
    ['cxenseparse:author', 1.7],
    ['citation_author', 2],
    ['twitter:data1', 0.4],
  ] as const)
    add(name, dedupe(meta(name).flatMap(namesIn)), weight);
  const property = facts.properties.get('author') ?? [];
  const propertyNames =
    facts.properties.get('name')?.filter((marked) =>
      isInside(
        marked.element,
        property.map((p) => p.element),
      ),
    ) ?? [];
  add('microdata', dedupe((propertyNames.length > 0 ? propertyNames : property).flatMap((p) => namesIn(p.text))), 2.2);
  const linked = facts.authors.filter((marked) => marked.element.attribs.rel?.includes('author'));
  add('rel=author', dedupe(linked.slice(0, 4).flatMap((m) => namesIn(m.text))), 1.6);
  const first = facts.authors.find(
    (marked) => marked.text.length > 3 && marked.text.length < 120 && namesIn(marked.text).length > 0,
  );
  if (first) add('class', namesIn(first.text), 1.3);
  for (const line of lines) {
    const names = namesIn(line);
    if (names.length > 0) add('line', names, 1);
  }
  add('feed', dedupe(feedAuthors.flatMap(namesIn)), 1.5);

  const people = candidates.filter((candidate) => !candidate.organisation);
  const pool = people.length > 0 ? people : candidates;
  let best: (typeof pool)[number] | undefined;
  let bestWeight = 0;
  for (const candidate of pool) {
    const key = candidate.names.map(fold).sort().join('|');
    const weight =
      candidate.weight +
      pool
        .filter((other) => other !== candidate && other.names.map(fold).sort().join('|') === key)
        .reduce((sum, other) => sum + other.weight * 0.5, 0);
    if (weight > bestWeight) {
      best = candidate;
      bestWeight = weight;
    }
  }
  return { byline: best?.names ?? [], votes };
}

const dedupe = (names: string[]): string[] =>
  [...new Map(names.map((name) => [fold(name), name])).values()].slice(0, 12);

function isInside(element: { parent: unknown }, holders: readonly unknown[]): boolean {
  let node: unknown = element.parent;
  for (let i = 0; i < 8 && node; i++) {
    if (holders.includes(node)) return true;
    node = (node as { parent?: unknown }).parent;
  }
  return false;
}

function authorsOf(value: unknown, things: readonly Thing[], depth = 0): { people: string[]; organisations: string[] } {
  const people: string[] = [];
  const organisations: string[] = [];
  if (depth > 2) return { people, organisations };
  for (const each of Array.isArray(value) ? value.slice(0, 20) : [value]) {
    if (typeof each === 'string') people.push(...(each.startsWith('http') ? [] : namesIn(each)));
    else if (isThing(each)) {
      const name = each.name ?? each.alternateName;
      const id = textOf(each['@id']);
      if (name === undefined && id) {
        const referred = things.find((thing) => thing.name !== undefined && textOf(thing['@id']) === id);
        if (referred) {
          const found = authorsOf(referred, things, depth + 1);
          people.push(...found.people);
          organisations.push(...found.organisations);
        }
        continue;
      }
      const names = (Array.isArray(name) ? name : [name]).flatMap((n) => (typeof n === 'string' ? namesIn(n) : []));
      if (typesOf(each).some((type) => /Organization|NewsMedia|Corporation|Brand/.test(type)))
        organisations.push(...names);
      else people.push(...names);
    }
  }
  return { people: dedupe(people), organisations: dedupe(organisations) };
}
