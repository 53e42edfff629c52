import type { BlockKind, Box } from '../parse/block.ts';
import { templateOf } from './lines.ts';

/** What the second round reads of a block. */
export interface Placed {
  readonly words: number;
  readonly kind: BlockKind;
  readonly box: Pick<Box, 'template'> & { readonly parent: object | undefined };
}

/** Names of what the second round looks at besides the features of the first: what the first round thinks of the surroundings. */
export const neighbourhoodNames: readonly string[] =
  'p p-4 p-3 p-2 p-1 p+1 p+2 p+3 p+4 mean3 mean8 massBefore massAfter toSureBefore toSureAfter sameBox sameTemplate sameParent maxNear rank'.split(
    ' ',
  );

/** Second-round features: row by row, the first round's probabilities around each block. */
export function neighbourhood(
  blocks: readonly Placed[],
  probabilities: Float32Array,
): { rows: Float32Array; width: number } {
  const n = blocks.length;
  const width = neighbourhoodNames.length;
  const rows = new Float32Array(n * width);
  const p = (i: number): number => (i >= 0 && i < n ? (probabilities[i] as number) : -0.1);
  const boxes = new Map<object, Sum>();
  const templates = new Map<number, Sum>();
  const parents = new Map<object | undefined, Sum>();
  /** The three sums that each block belongs to. */
  const sums: Sum[] = [];
  let total = 0;
  const cumulative = new Float64Array(n + 1);
  const sureBefore = new Int16Array(n);
  const sureAfter = new Int16Array(n);
  let last = -30;
  for (let i = 0; i < n; i++) {
    const block = blocks[i] as Placed;
    const weight = block.words + 1;
    const mass = p(i) * weight;
    add(sums, boxes, block.box, weight, mass);
    add(sums, templates, templateOf(block), weight, mass);
    add(sums, parents, block.box.parent, weight, mass);
    total += mass;
    cumulative[i + 1] = total;
    sureBefore[i] = Math.min(20, i - last);
    if (p(i) > 0.8 && block.words >= 10) last = i;
  }
  last = n + 30;
  for (let i = n - 1; i >= 0; i--) {
    sureAfter[i] = Math.min(20, last - i);
    if (p(i) > 0.8 && (blocks[i] as Placed).words >= 10) last = i;
  }
  for (let i = 0; i < n; i++) {
    const weight = (blocks[i] as Placed).words + 1;
    let at = i * width;
    rows[at++] = p(i);
    for (let offset = -4; offset <= 4; offset++) if (offset !== 0) rows[at++] = p(i + offset);
    rows[at++] = meanAround(blocks, p, i, 3);
    rows[at++] = meanAround(blocks, p, i, 8);
    rows[at++] = (cumulative[i] as number) / Math.max(1, total);
    rows[at++] = (total - (cumulative[i + 1] as number)) / Math.max(1, total);
    rows[at++] = sureBefore[i] as number;
    rows[at++] = sureAfter[i] as number;
    for (let k = 3 * i; k < 3 * i + 3; k++) {
      const { words, mass } = sums[k] as Sum;
      rows[at++] = words > weight ? (mass - p(i) * weight) / (words - weight) : -0.1;
    }
    rows[at++] = Math.max(p(i - 2), p(i - 1), p(i + 1), p(i + 2));
    rows[at++] = Math.log1p(total);
  }
  return { rows, width };
}

interface Sum {
  words: number;
  mass: number;
}

function add<Key>(sums: Sum[], groups: Map<Key, Sum>, key: Key, words: number, mass: number): void {
  let sum = groups.get(key);
  if (!sum) {
    sum = { words: 0, mass: 0 };
    groups.set(key, sum);
  }
  sum.words += words;
  sum.mass += mass;
  sums.push(sum);
}

function meanAround(blocks: readonly Placed[], p: (i: number) => number, i: number, reach: number): number {
  let mass = 0;
  let words = 0;
  const end = Math.min(blocks.length, i + reach + 1);
  for (let j = Math.max(0, i - reach); j < end; j++) {
    if (j === i) continue;
    const weight = (blocks[j] as Placed).words + 1;
    mass += p(j) * weight;
    words += weight;
  }
  return words > 0 ? mass / words : 0;
}
