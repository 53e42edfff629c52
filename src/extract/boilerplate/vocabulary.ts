import { fold } from '../../text/words.ts';
import advert from '../data/boilerplate/advert.json' with { type: 'json' };
import agency from '../data/boilerplate/agency.json' with { type: 'json' };
import bio from '../data/boilerplate/bio.json' with { type: 'json' };
import byline from '../data/boilerplate/byline.json' with { type: 'json' };
import comment from '../data/boilerplate/comment.json' with { type: 'json' };
import copyright from '../data/boilerplate/copyright.json' with { type: 'json' };
import correction from '../data/boilerplate/correction.json' with { type: 'json' };
import dateline from '../data/boilerplate/dateline.json' with { type: 'json' };
import leadIn from '../data/boilerplate/lead-in.json' with { type: 'json' };
import media from '../data/boilerplate/media.json' with { type: 'json' };
import newsletter from '../data/boilerplate/newsletter.json' with { type: 'json' };
import reply from '../data/boilerplate/reply.json' with { type: 'json' };
import share from '../data/boilerplate/share.json' with { type: 'json' };
import tag from '../data/boilerplate/tag.json' with { type: 'json' };
import wall from '../data/boilerplate/wall.json' with { type: 'json' };

/**
 * What boilerplate says, by concept and language. Rules look at structure first; these words only confirm. To add a language or a phrase,
 * edit the file of the concept.
 */
const files = {
  advert,
  agency,
  bio,
  byline,
  comment,
  copyright,
  correction,
  dateline,
  leadIn,
  media,
  newsletter,
  reply,
  share,
  tag,
  wall,
} as const;

export type Concept = keyof typeof files;

/** All phrases of a concept, as they stand in its file. */
export const phrasesOf = (concept: Concept): readonly string[] => Object.values(files[concept].phrases).flat();

const dense = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]$/;

/** Whether a folded phrase ends in a script in which words are syllables or stand without spaces. */
export const isDense = (phrase: string): boolean => dense.test(phrase);

const foldedOf = (concept: Concept): readonly string[] =>
  [...new Set(phrasesOf(concept).map(fold).filter(Boolean))].sort((a, b) => b.length - a.length);

/** Compiled once: does a folded line begin with a phrase of the concept, and where does the phrase end? */
function compile(phrases: readonly string[]): RegExp {
  const anyOf = (list: readonly string[]): string =>
    list.map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const spaced = phrases.filter((phrase) => !isDense(phrase));
  const unspaced = phrases.filter((phrase) => isDense(phrase));
  return new RegExp(`^(?:(?:${anyOf(spaced)})(?= |$)|(?:${anyOf(unspaced)}))`);
}

/** The concepts that a first word may begin, and the first letter of those that are written without spaces, as bits: most begin none. */
const byFirstWord = new Map<string, number>();
const byFirstLetter = new Map<number, number>();
const beginnings = new Map<Concept, { readonly bit: number; readonly pattern: RegExp }>();
for (const [index, concept] of (Object.keys(files) as Concept[]).entries()) {
  const bit = 1 << index;
  const phrases = foldedOf(concept);
  const add = <Key>(known: Map<Key, number>, key: Key): void => void known.set(key, (known.get(key) ?? 0) | bit);
  for (const phrase of phrases)
    if (isDense(phrase)) add(byFirstLetter, phrase.charCodeAt(0));
    else add(byFirstWord, phrase.split(' ', 1)[0] ?? '');
  beginnings.set(concept, { bit, pattern: compile(phrases) });
}

/** The line that was asked of last, and the concepts that it may begin with: one line is asked of many concepts in turn. */
let last = { line: '', concepts: 0 };

function mayBegin(line: string): number {
  if (line === last.line) return last.concepts;
  const space = line.indexOf(' ');
  const firstWord = space === -1 ? line : line.slice(0, space);
  last = { line, concepts: (byFirstWord.get(firstWord) ?? 0) | (byFirstLetter.get(line.charCodeAt(0)) ?? 0) };
  return last.concepts;
}

/** Length of the phrase of `concept` that a folded line begins with, 0 when none. */
export function beginsWith(concept: Concept, folded: string): number {
  const known = beginnings.get(concept);
  if (known === undefined || (mayBegin(folded) & known.bit) === 0) return 0;
  return known.pattern.exec(folded)?.[0].length ?? 0;
}
