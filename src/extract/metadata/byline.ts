import { isAgencySign } from '../../text/agencies.ts';
import { findDate } from '../../text/dates/find-date.ts';
import { fold, squeeze } from '../../text/words.ts';
import { beginsWith } from '../boilerplate/vocabulary.ts';
import type { Element, Node } from '../parse/node.ts';
import type { Evidence } from './evidence.ts';
import { isThing, lookUp, type Thing, textOf, typesOf } from './json-ld.ts';
import { isBylineLine, noWriterWhole } from './name-words.ts';
import { isOutlet, namesAlone, namesBesideDate, namesIn } from './names.ts';
import type { Marked } from './page-facts.ts';
import { type Surroundings, stands } from './surroundings.ts';
import { elect, type Vote } from './vote.ts';

/** Who wrote it, with the papers and agencies that were named beside persons. */
export interface Byline {
  readonly byline: readonly string[];
  readonly organisations: readonly string[];
  readonly votes: readonly Vote[];
}

interface Candidate {
  readonly names: readonly string[];
  readonly outlets: readonly string[];
  readonly weight: number;
  /** A list on the page in which each element is one author, or a line that begins with 'By'. */
  readonly listed: boolean;
  /** Stands beside the headline. */
  readonly top: boolean;
}

const metaNames = [
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
  ['articleauthor', 1.9],
  ['article:byline', 1.8],
  ['byline', 1.8],
] as const;

/**
 * Bylines by vote: structured data before tags before what stands on the page. Persons come before papers and agencies, which are names
 * only where nobody else signs. `around` are the lines about the headline and the end of the text: a marked name counts as the article's
 * when it stands there, not in a list of other articles.
 */
export function voteByline({ facts, article, things, title, site, host, bylines, around, link }: Evidence): Byline {
  const votes: Vote[] = [];
  const candidates: Candidate[] = [];
  const isSite = siteNames(site, host);
  const headline = new Set(fold(title).split(' '));
  const sections = sectionsOf(facts, article);
  const add = (
    origin: string,
    found: readonly string[],
    weight: number,
    { listed = false, top = false, houses = [] }: { listed?: boolean; top?: boolean; houses?: readonly string[] } = {},
  ): void => {
    if (found.length === 0) return;
    // 'Ana Kos Hillside Courier': the paper's name is no part of hers.
    const all = found.map((name) =>
      site && name.length > site.length + 5 && name.endsWith(` ${site}`)
        ? name.slice(0, -site.length - 1).trim()
        : name,
    );
    const outlets = all.filter((name) => isSite(name) || isOutlet(name) || houses.includes(name));
    // A lone word that the headline uses is what the article is about: a product, a place.
    const persons = all.filter(
      (name) =>
        !outlets.includes(name) &&
        !(isLone(name) && headline.has(fold(name))) &&
        !sections.has(fold(name)) &&
        fold(name) !== fold(title),
    );
    // A lone word beside full names is a desk or a place.
    const full = persons.some((name) => name.includes(' '));
    const names =
      persons.length === 0
        ? []
        : all.filter((name) => isAgencySign(name) || (persons.includes(name) && (!full || name.includes(' '))));
    candidates.push({ names, outlets, weight, listed, top });
    votes.push({ origin, value: all.join('; '), weight });
  };

  const structured = authorsOf(lookUp(article?.author ?? article?.creator, things), things);
  add('json-ld', structured.names, 3, { houses: structured.houses });
  for (const [name, weight] of metaNames)
    add(name, dedupe((facts.meta.get(name) ?? []).flatMap((value) => namesInTag(value, isSite))), weight);
  for (const n of [1, 2])
    if (beginsWith('byline', fold(facts.meta.get(`twitter:label${n}`)?.[0] ?? '')) > 0)
      add('twitter', namesIn(facts.meta.get(`twitter:data${n}`)?.[0] ?? '', true), 1.2);

  const property = facts.properties.get('author') ?? [];
  const named = (facts.properties.get('name') ?? []).filter((marked) =>
    isInside(
      marked.element,
      property.map((p) => p.element),
    ),
  );
  const written = nearest(named.length > 0 ? named : property, around);
  add('microdata', dedupe(written.marked.flatMap((m) => namesOf(m, true))), 2.2 * written.share);
  const linked = nearest(
    facts.authors.filter((marked) => marked.element.attribs.rel?.includes('author')),
    around,
  );
  add('rel=author', dedupe(linked.marked.slice(0, 4).flatMap((m) => namesOf(m, true))), 1.6 * linked.share, {
    listed: true,
    top: linked.share === 1,
  });
  const classed = nearest(
    facts.authors.filter((marked) => marked.text.length > 3 && marked.text.length < 160),
    around,
  );
  const first = classed.share === apart ? undefined : classed.marked.find((marked) => namesOf(marked).length > 0);
  if (first) {
    const names = namesOf(first);
    const leaves = new Set(leavesOf(first.element).map(({ text }) => fold(text)));
    add('class', names, 1.3 * classed.share, {
      listed: names.every((name) => leaves.has(fold(name))),
      top: classed.share === 1,
    });
  }
  // Any line or mark of the page outvotes it.
  if (candidates.length === 0) add('only person', onlyPerson(things), 0.45);
  const signed = new Map(
    bylines
      .map((line) => ({ listed: isBylineLine(line), top: around.head.includes(line), names: namesIn(line) }))
      // A lone word is a name only after 'by'.
      .filter(({ listed, names }) => names.some((name) => name.includes(' ')) || listed)
      .map((line) => [line.names.map(fold).sort().join('|'), line]),
  );
  for (const { names, listed, top } of signed.values()) add('line', names, 1, { listed, top });
  if (!candidates.some(({ names }) => names.length > 0)) {
    const beside = nearest(facts.authorLinks, around);
    if (beside.share === 1) add('author page', dedupe(beside.marked.slice(0, 4).flatMap((m) => namesOf(m))), 1);
  }
  if (candidates.every(({ names, outlets }) => names.length === 0 && outlets.every(isSite))) {
    const topics = new Set([...sections, ...topicsOf(facts)]);
    const mayWrite = (name: string): boolean => !topics.has(fold(name)) && !fold(title).includes(fold(name));
    // Above the headline a name stands behind the date; before it stand sections.
    const dated = [...around.between, ...around.above.filter((line) => /^\d/.test(line))];
    const beside = dated.flatMap((line) => namesBesideDate(line));
    add('dated line', dedupe(beside.filter(mayWrite)), 0.8);
    const { between } = around;
    const isDated = (at: number): boolean => /\d/.test(between[at] ?? '') && findDate(between[at] ?? '') !== undefined;
    const alone = between.filter((_, at) => isDated(at - 1) || isDated(at + 1)).flatMap(namesAlone);
    // 'Bee Simulator for Two' under 'Bee Simulator in the test' tells what it is about.
    const isOfTitle = (name: string): boolean => {
      const words = fold(name).split(' ');
      return words.filter((word) => headline.has(word)).length * 2 > words.length;
    };
    add('name by a date', dedupe(alone.filter((name) => mayWrite(name) && !isOfTitle(name))), 0.7);
  }
  if (candidates.length === 0)
    add('class', facts.authors.map((marked) => namesOf(marked)).find((names) => names.length > 0) ?? [], 0.5);
  add('feed', dedupe((link?.authors ?? []).flatMap((name) => namesIn(name, true))), 1.5);

  const people = candidates.filter(({ names }) => names.length > 0);
  const best = electNames(people, ({ names }) => names);
  if (!best) {
    // An agency says more of where it comes from than the site's own name.
    const others = candidates.filter(({ outlets }) => outlets.some((name) => !isSite(name)));
    const house = electNames(others, ({ outlets }) => outlets) ?? electNames(candidates, ({ outlets }) => outlets);
    return { byline: house?.outlets ?? [], organisations: [], votes };
  }
  // Structured data often names the first of several authors: the page's own byline that names them all is the fuller one. Where the byline
  // beside the headline says the same, 'Reporting by …' below the text tells who helped.
  const isShown = people.some(
    ({ names, top }) => top && names.length === best.names.length && best.names.every((name) => has(names, name)),
  );
  const fuller = people.find(
    ({ names, listed, top }) =>
      listed &&
      (top || !isShown) &&
      names.length > best.names.length &&
      names.length <= 6 &&
      best.names.every((name) => has(names, name)) &&
      // A lone word beside those that sign elsewhere is a section or a place.
      names.every((name) => has(best.names, name) || name.includes(' ')),
  );
  return {
    byline: (fuller ?? best).names,
    organisations: candidates.flatMap(({ outlets }) => outlets),
    votes,
  };
}

/** The one person that the structured data knows, where it does not say who wrote the article. */
function onlyPerson(things: readonly Thing[]): readonly string[] {
  const persons = things.filter((thing) => typesOf(thing).includes('Person'));
  const names = dedupe(persons.flatMap((thing) => namesIn(textOf(thing.name) ?? '', true)));
  return names.length === 1 ? names : [];
}

/** Names of the article's sections, folded: some templates set them where the author stands. */
const sectionsOf = (facts: Evidence['facts'], article: Thing | undefined): ReadonlySet<string> =>
  new Set(
    [
      ...(facts.meta.get('article:section') ?? []),
      ...[article?.articleSection].flat().map((each) => textOf(each) ?? ''),
    ]
      .map(fold)
      .filter((section) => section !== ''),
  );

/** Names of topics, which stand beside the date as names do, folded; people are topics too. */
const topicsOf = (facts: Evidence['facts']): readonly string[] =>
  ['article:section', 'article:tag', 'keywords', 'news_keywords', 'og:site_name'].flatMap((name) =>
    (facts.meta.get(name) ?? []).flatMap((value) => value.split(/[,;|]/).map(fold)),
  );

/** Names in a tag of the head. 'courier.example, Kolpa, Ostmark' is the paper and where it sits. */
function namesInTag(value: string, isSite: (name: string) => boolean): string[] {
  if (/^https?:/.test(value)) return [];
  const [first = '', ...rest] = value.split(',').map(squeeze);
  return rest.length > 0 && first !== '' && isSite(first) ? [first] : namesIn(value);
}

const isLone = (name: string): boolean => /^\p{Lu}?\p{Ll}+$|^\p{Lu}+$/u.test(name);

/** What a mark is worth that stands nowhere near the article. */
const apart = 0.4;

/** Those of the marked elements that stand between headline and text, else about the headline, else those at the end of the text, else the first of all; and what that is worth. */
function nearest(marked: readonly Marked[], around: Surroundings): { marked: readonly Marked[]; share: number } {
  const texts = marked.map((m) => leavesOf(m.element).find((leaf) => leaf.text.length > 3)?.text ?? m.text);
  const between = marked.filter((_, i) => stands(texts[i] ?? '', around.between));
  if (between.length > 0) return { marked: between, share: 1 };
  const head = marked.filter((_, i) => stands(texts[i] ?? '', around.head));
  if (head.length > 0) return { marked: head, share: 1 };
  const tail = marked.filter((_, i) => stands(texts[i] ?? '', around.tail));
  return tail.length > 0 ? { marked: tail, share: 0.6 } : { marked: marked.slice(0, 1), share: apart };
}

const has = (names: readonly string[], name: string): boolean => names.some((other) => fold(other) === fold(name));

/** The candidate with the most weight; equal sets of names support each other by half. */
function electNames(
  pool: readonly Candidate[],
  of: (candidate: Candidate) => readonly string[],
): Candidate | undefined {
  const keys = new Map(pool.map((candidate) => [candidate, of(candidate).map(fold).sort().join('|')]));
  return elect(pool, (candidate) => {
    const key = keys.get(candidate);
    if (!key) return 0;
    // A lone word is rather a handle or a desk.
    const own = of(candidate).some((name) => !isLone(name)) ? candidate.weight : candidate.weight * 0.6;
    return pool.reduce(
      (sum, other) => sum + (other !== candidate && keys.get(other) === key ? other.weight * 0.5 : 0),
      own,
    );
  });
}

/** So long a part of the host does not stand in a name by chance. */
const longLabel = 8;

/** Does a name stand for the site itself: its name or a part of it, its host, or its initials? */
function siteNames(site: string | undefined, host: string): (name: string) => boolean {
  const folded = fold(site ?? '');
  const joined = folded.replace(/ /g, '');
  const initials = folded
    .split(' ')
    .map((word) => word[0] ?? '')
    .join('');
  const bare = host.replace(/^www\./, '');
  const label = fold(bare.replace(/\.[a-z.]+$/, '')).replace(/ /g, '');
  return (name) => {
    const own = fold(name);
    const together = own.replace(/ /g, '');
    return (
      (joined !== '' && (folded.includes(own) || own.startsWith(`${folded} `))) ||
      own === fold(bare) ||
      together === fold(bare).replace(/ /g, '') ||
      (label.length >= longLabel && together.includes(label)) ||
      (initials.length > 2 && together === initials) ||
      (label.length > 2 && (together === label || together === label.replace(/^the/, '')))
    );
  };
}

/** Names in a marked element. Where it holds several elements of one kind and the first of them is a name, each of them is a name of its own. */
function namesOf(marked: Marked, certain = false): string[] {
  const whole = namesIn(marked.text, certain);
  const leaves = leavesOf(marked.element);
  const first = leaves.findIndex(({ text }) => text.includes(' ') && namesIn(text, certain).length > 0);
  const kind = leaves[first]?.kind;
  // Text of the marked element itself is of no kind.
  if (!kind) return whole;
  const names = dedupe(leaves.flatMap((leaf) => (leaf.kind === kind ? namesIn(leaf.text, certain) : [])));
  const [name] = names;
  return name && (whole.length === 0 || names.length > 1 || !whole.includes(name)) ? names : whole;
}

interface Leaf {
  readonly text: string;
  /** Name and class of the elements around it, below the marked one. */
  readonly kind: string;
}

/** Texts of the innermost elements, in order. */
function leavesOf(element: Element): Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (nodes: readonly Node[], kind: string): void => {
    for (const node of nodes) {
      if (leaves.length >= 24) return;
      if (node.type === 'text') {
        const text = squeeze(node.data.slice(0, 400));
        if (text) leaves.push({ text, kind });
      } else visit(node.children, `${kind} ${node.name}.${node.attribs.class ?? ''}`);
    }
  };
  visit(element.children, '');
  return leaves;
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

interface Authors {
  readonly names: readonly string[];
  /** Those of the names that the data calls organisations. */
  readonly houses: readonly string[];
}

/** Names in the `author` of structured data, in its order. */
function authorsOf(value: unknown, things: readonly Thing[], depth = 0): Authors {
  const names: string[] = [];
  const houses: string[] = [];
  if (depth > 2) return { names, houses };
  for (const each of Array.isArray(value) ? value.slice(0, 20) : [value]) {
    if (typeof each === 'string') names.push(...(each.startsWith('http') ? [] : namesIn(each)));
    else if (isThing(each)) {
      const parts = [textOf(each.givenName), textOf(each.familyName)].filter((part) => part !== undefined);
      const name = each.name ?? each.alternateName ?? (parts.length > 0 ? parts.join(' ') : undefined);
      const id = textOf(each['@id']);
      if (name === undefined && id) {
        const referred = things.find((thing) => thing.name !== undefined && textOf(thing['@id']) === id);
        const found = referred ? authorsOf(referred, things, depth + 1) : undefined;
        names.push(...(found?.names ?? []));
        houses.push(...(found?.houses ?? []));
        continue;
      }
      const types = typesOf(each);
      // Structured data names the photographer among the authors.
      if (noWriterWhole.test(textOf(each.jobTitle)?.trim() ?? '')) continue;
      const found = (Array.isArray(name) ? name : [name]).flatMap((one) =>
        typeof one === 'string' ? namesIn(one, types.includes('Person')) : [],
      );
      names.push(...found);
      if (types.some((type) => /Organization|NewsMedia|Corporation|Brand/.test(type))) houses.push(...found);
    }
  }
  return { names: dedupe(names), houses };
}
