import type { NumberSet } from './number-set.ts';
import trained from './same-event.weights.json' with { type: 'json' };
import type { HeadlineName, Outline, StoryMark } from './story-mark.ts';

/*
 * Two reports may be alike because they tell one event, or because such events are told alike: the fire in Leeds and the fire in
 * Norwich, the market on Monday and on Tuesday, two matches of one team. The words are nearly the same; what differs is a name in each
 * headline that the other report does not know, and a sentence that is the other's but for one filling of the same place. The second
 * needs no capitals, so it holds in every script.
 */

/** What is asked of two reports. */
export const eventInputNames = ['foreign', 'common', 'lead', 'both', 'time', 'column', 'figures'] as const;
export type EventInputs = Readonly<Record<(typeof eventInputNames)[number], number>>;

/**
 * Weights of a logistic regression over pairs of reports, where the logarithm of the likeness has the weight 1: `tools/train/dedupe/events.ts`
 * names its sources and makes the same ones again. BCubed F1 (pair precision) with and without it: ECB+ .924 (.88) and .918 (.83), which
 * trained it; MEANTIME .831 (.70) and .736 (.49), VietnameseMDS .937 (.99) and .961 (.95), on which nothing was chosen.
 */
const weights: EventInputs = trained;
/** What the inputs are at most. */
const most = { foreign: 1, common: 3, lead: 1, both: 1, time: 4, column: 1, figures: 1 } satisfies EventInputs;
/** No evidence is more than this. */
export const mostEvidence = eventInputNames.reduce((sum, name) => sum + Math.max(0, weights[name]) * most[name], 0);
/** So much of two leads is alike in most pairs of one event. */
const usualLead = 0.4;
const halfDay = 43_200_000;
/** The same outlet, so much later: another report of its kind. */
const columnHours = 20;

/** How far two reports are told alike, each with something else in the same places of headline and lead: 0…1. */
export function toldAlike(a: Outline, b: Outline): number {
  const [ownA, ownB] = [wordsOf(a), wordsOf(b)];
  return refilled(a.headline, b.headline, ownA, ownB) * refilled(a.lead, b.lead, ownA, ownB);
}

/** By what the likeness of two reports is multiplied, as a logarithm: below 0 where they tell of two events, above where of one. */
export function eventEvidence(a: StoryMark, b: StoryMark): number {
  const inputs = eventInputs(a, b);
  let sum = 0;
  for (const name of eventInputNames) sum += inputs[name] * weights[name];
  return sum;
}

/** What is asked of two reports, each about 0 to 1. */
export function eventInputs(a: StoryMark, b: StoryMark): EventInputs {
  const [ofA, ofB] = [weigh(a.names, b.stems), weigh(b.names, a.stems)];
  const foreign = Math.min(ofA.foreign, ofB.foreign, most.foreign);
  const common = Math.min((ofA.known + ofB.known) / 2, most.common);
  const [ownA, ownB] = [wordsOf(a), wordsOf(b)];
  const headline = refilled(a.headline, b.headline, ownA, ownB);
  const lead = Math.max(0, refilled(a.lead, b.lead, ownA, ownB) - usualLead) / (1 - usualLead);
  const apart = a.at === undefined || b.at === undefined ? 0 : Math.abs(Date.parse(a.at) - Date.parse(b.at));
  const column = a.source === b.source && apart > columnHours * 3_600_000;
  return {
    ...{ foreign, common, lead, both: headline * lead },
    time: Math.min(Math.log2(1 + apart / halfDay), most.time),
    column: Number(column),
    figures: Number(otherFigures(ownA, ownB)),
  };
}

/** Weights of the names of a headline by whether another report, told by the beginnings of its words, knows them. */
function weigh(names: readonly HeadlineName[], stems: NumberSet): { readonly known: number; readonly foreign: number } {
  let [known, foreign] = [0, 0];
  for (const { stem, weight } of names)
    if (has(stems, stem)) known += weight;
    else foreign += weight;
  return { known, foreign };
}

function has(sorted: Int32Array, value: number): boolean {
  for (let low = 0, high = sorted.length - 1; low <= high; ) {
    const middle = (low + high) >>> 1;
    const held = sorted[middle] ?? 0;
    if (held === value) return true;
    if (held < value) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** A report is compared with many others, again when its story has grown. By its lead: outline and mark of a report share that. */
const ownWords = new WeakMap<Int32Array, ReadonlySet<number>>();

function wordsOf({ headline, lead }: Outline): ReadonlySet<number> {
  const known = ownWords.get(lead);
  if (known) return known;
  const words = new Set([...headline, ...lead]);
  ownWords.set(lead, words);
  return words;
}

const isFigure = (token: number): boolean => (token & 1) === 1;

/** Whether both tell figures and none of them is the same. */
function otherFigures(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [ofA, ofB] = [[...a].filter(isFigure), [...b].filter(isFigure)];
  return ofA.length > 0 && ofB.length > 0 && !ofA.some((one) => b.has(one));
}

/**
 * Share of the shorter of two sentences that the other has in the same order, if something else than figures fills the same place in
 * each: words that the other report does not have. 0 where nothing does.
 */
function refilled(a: Int32Array, b: Int32Array, ownA: ReadonlySet<number>, ownB: ReadonlySet<number>): number {
  if (!hasOther(a, ownB) || !hasOther(b, ownA)) return 0;
  const lengths = commonLengths(a, b);
  const at = (i: number, j: number): number => lengths[i * (b.length + 1) + j] ?? 0;
  const differs = { a: false, b: false };
  let found = false;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      differs.a = differs.b = false;
      i++;
      j++;
    } else if (j === b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      const word = a[i++] ?? 0;
      differs.a ||= !isFigure(word) && !ownB.has(word);
    } else {
      const word = b[j++] ?? 0;
      differs.b ||= !isFigure(word) && !ownA.has(word);
    }
    found ||= differs.a && differs.b;
  }
  return found ? at(0, 0) / Math.max(1, Math.min(a.length, b.length)) : 0;
}

const hasOther = (words: Int32Array, known: ReadonlySet<number>): boolean =>
  words.some((word) => !isFigure(word) && !known.has(word));

/** Length of the longest common subsequence of all ends of two sentences, row by row. */
function commonLengths(a: Int32Array, b: Int32Array): Uint8Array {
  const width = b.length + 1;
  const lengths = new Uint8Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    const word = a[i];
    const row = i * width;
    let right = 0;
    for (let j = b.length - 1; j >= 0; j--) {
      const below = lengths[row + width + j] as number;
      if (word === b[j]) right = (lengths[row + width + j + 1] as number) + 1;
      else if (below > right) right = below;
      lengths[row + j] = right;
    }
  }
  return lengths;
}
