import type { Instant } from '../domain/article.ts';
import type { Fingerprint } from './fingerprint.ts';
import { shared, without } from './number-set.ts';
import { toldAlike } from './same-event.ts';

/** One side of a comparison. */
export interface Side {
  readonly fingerprint: Fingerprint;
  readonly source: string;
  /** When it was published, or seen where that is unknown. */
  readonly at: Instant | undefined;
}

/** How alike two articles are; all from 0 to 1 except `hours`. */
export interface Features {
  /** Share of the shorter text's shingles that the longer one has too. */
  readonly containment: number;
  /** The same without the shingles that the sources use again and again (see `boilerplate`). */
  readonly ownContainment: number;
  readonly jaccard: number;
  /** Share of the numbers of the side with fewer that the other has too; 1 where one side has none. */
  readonly numbers: number;
  readonly names: number;
  readonly headline: number;
  readonly lead: number;
  /** Mean length of the passages in common, in words: long in copies, short in reports made from one template. */
  readonly passage: number;
  /** The longest passage in common, as a share of the shorter text. */
  readonly longest: number;
  /** Numbers per word, of the side with more of them. */
  readonly numberDensity: number;
  /** Length of the shorter text to that of the longer one. */
  readonly lengthRatio: number;
  readonly sameSource: boolean;
  /** Hours between the two; 0 where a time is unknown. */
  readonly hours: number;
  /** Shingles of the shorter side. */
  readonly shingles: number;
  /** The same headline and lead with something else in the same places (see `toldAlike`). */
  readonly toldAlike: number;
}

/** Compares two articles. `boilerplate`: shingles that one of the two sources used in several other articles. */
export function compare(a: Side, b: Side, boilerplate: ReadonlySet<number>): Features {
  const both = shared(a.fingerprint.shingles, b.fingerprint.shingles);
  const shorter = Math.min(a.fingerprint.shingles.length, b.fingerprint.shingles.length);
  const union = a.fingerprint.shingles.length + b.fingerprint.shingles.length - both;
  const containment = shorter === 0 ? 0 : both / shorter;
  const passages = passagesInCommon(a.fingerprint, b.fingerprint);
  return {
    containment,
    ownContainment: boilerplate.size === 0 ? containment : ownContainment(a.fingerprint, b.fingerprint, boilerplate),
    jaccard: union === 0 ? 0 : both / union,
    numbers: overlap(a.fingerprint.numbers, b.fingerprint.numbers, 1),
    names: overlap(a.fingerprint.names, b.fingerprint.names, 1),
    headline: overlap(a.fingerprint.headline, b.fingerprint.headline, 0),
    lead: Math.max(part(a.fingerprint.lead, b.fingerprint.shingles), part(b.fingerprint.lead, a.fingerprint.shingles)),
    passage: passages.count === 0 ? 0 : passages.total / passages.count,
    longest: shorter === 0 ? 0 : Math.min(1, passages.longest / shorter),
    numberDensity: Math.max(a.fingerprint.numberDensity, b.fingerprint.numberDensity),
    lengthRatio:
      Math.min(a.fingerprint.length, b.fingerprint.length) / Math.max(a.fingerprint.length, b.fingerprint.length, 1),
    sameSource: a.source === b.source,
    hours: a.at && b.at ? Math.abs(Date.parse(a.at) - Date.parse(b.at)) / 3_600_000 : 0,
    shingles: shorter,
    toldAlike: toldAlike(a.fingerprint.outline, b.fingerprint.outline),
  };
}

/** Runs of neighbouring shingles of the shorter text that the longer one has too. */
function passagesInCommon(a: Fingerprint, b: Fingerprint): { count: number; total: number; longest: number } {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const there = new Set(long.shingles);
  let count = 0;
  let total = 0;
  let longest = 0;
  let run = 0;
  for (const shingle of short.ordered) {
    if (!there.has(shingle)) {
      run = 0;
      continue;
    }
    if (run === 0) count++;
    run++;
    total++;
    if (run > longest) longest = run;
  }
  return { count, total, longest };
}

function ownContainment(a: Fingerprint, b: Fingerprint, boilerplate: ReadonlySet<number>): number {
  const ownA = without(a.shingles, boilerplate);
  const ownB = without(b.shingles, boilerplate);
  const shorter = Math.min(ownA.length, ownB.length);
  return shorter === 0 ? 0 : shared(ownA, ownB) / shorter;
}

/** Share of the smaller set that the larger one holds. */
function overlap(a: Int32Array, b: Int32Array, ifEmpty: number): number {
  const smaller = Math.min(a.length, b.length);
  return smaller === 0 ? ifEmpty : shared(a, b) / smaller;
}

function part(some: Int32Array, of: Int32Array): number {
  return some.length === 0 ? 0 : shared(some, of) / some.length;
}
