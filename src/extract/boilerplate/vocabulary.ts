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

interface Beginnings {
  readonly pattern: RegExp;
  /** First words of the phrases, and first letters of those that are written without spaces: most lines begin with none of them. */
  readonly firstWords: ReadonlySet<string>;
  readonly firstLetters: ReadonlySet<number>;
}

/** Compiled once: does a folded line begin with a phrase of the concept, and where does the phrase end? */
function compile(concept: Concept): Beginnings {
  const folded = [...new Set(phrasesOf(concept).map(fold).filter(Boolean))].sort((a, b) => b.length - a.length);
  const spaced = folded.filter((phrase) => !dense.test(phrase));
  const unspaced = folded.filter((phrase) => dense.test(phrase));
  const anyOf = (list: readonly string[]): string =>
    list.map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return {
    pattern: new RegExp(`^(?:(?:${anyOf(spaced)})(?= |$)|(?:${anyOf(unspaced)}))`),
    firstWords: new Set(spaced.map((phrase) => phrase.split(' ', 1)[0] ?? '')),
    firstLetters: new Set(unspaced.map((phrase) => phrase.charCodeAt(0))),
  };
}

const beginnings = new Map((Object.keys(files) as Concept[]).map((concept) => [concept, compile(concept)]));

/** Length of the phrase of `concept` that a folded line begins with, 0 when none. */
export function beginsWith(concept: Concept, folded: string): number {
  const known = beginnings.get(concept);
  if (known === undefined) return 0;
  const space = folded.indexOf(' ');
  const firstWord = space === -1 ? folded : folded.slice(0, space);
  if (!known.firstWords.has(firstWord) && !known.firstLetters.has(folded.charCodeAt(0))) return 0;
  return known.pattern.exec(folded)?.[0].length ?? 0;
}
