import type { Block } from './block.ts';
import type { View } from './view.ts';

/** Names of what the second round looks at besides the features of the first: what the first round thinks of the surroundings. */
export const neighbourhoodNames: readonly string[] =
  'p p-4 p-3 p-2 p-1 p+1 p+2 p+3 p+4 mean3 mean8 massBefore massAfter toSureBefore toSureAfter sameBox sameTemplate sameParent maxNear rank'.split(
    ' ',
  );

/** Second-round features: row by row, the first round's probabilities around each block. */
export function neighbourhood(view: View, probabilities: Float32Array): { rows: Float32Array; width: number } {
  const { blocks } = view;
  const n = blocks.length;
  const width = neighbourhoodNames.length;
  const rows = new Float32Array(n * width);
  const p = (i: number): number => (i >= 0 && i < n ? (probabilities[i] as number) : -0.1);
  const groups = { box: new Map<unknown, Sum>(), template: new Map<unknown, Sum>(), parent: new Map<unknown, Sum>() };
  const sum = (map: Map<unknown, Sum>, key: unknown): Sum => {
    let known = map.get(key);
    if (!known) {
      known = { words: 0, mass: 0 };
      map.set(key, known);
    }
    return known;
  };
  const templateOf = (block: Block): string =>
    `${block.kind}${block.box.signature}<${block.box.parent?.signature ?? ''}`;
  let total = 0;
  const cumulative = new Float64Array(n + 1);
  const sureBefore = new Int16Array(n);
  const sureAfter = new Int16Array(n);
  let last = -30;
  for (let i = 0; i < n; i++) {
    const block = blocks[i] as Block;
    const weight = block.words + 1;
    const mass = p(i) * weight;
    for (const [map, key] of [
      [groups.box, block.box],
      [groups.template, templateOf(block)],
      [groups.parent, block.box.parent],
    ] as const) {
      const group = sum(map, key);
      group.words += weight;
      group.mass += mass;
    }
    total += mass;
    cumulative[i + 1] = total;
    sureBefore[i] = Math.min(20, i - last);
    if (p(i) > 0.8 && block.words >= 10) last = i;
  }
  last = n + 30;
  for (let i = n - 1; i >= 0; i--) {
    sureAfter[i] = Math.min(20, last - i);
    if (p(i) > 0.8 && (blocks[i] as Block).words >= 10) last = i;
  }
  for (let i = 0; i < n; i++) {
    const block = blocks[i] as Block;
    let at = i * width;
    rows[at++] = p(i);
    for (const offset of [-4, -3, -2, -1, 1, 2, 3, 4]) rows[at++] = p(i + offset);
    rows[at++] = meanAround(blocks, p, i, 3);
    rows[at++] = meanAround(blocks, p, i, 8);
    rows[at++] = (cumulative[i] as number) / Math.max(1, total);
    rows[at++] = (total - (cumulative[i + 1] as number)) / Math.max(1, total);
    rows[at++] = sureBefore[i] as number;
    rows[at++] = sureAfter[i] as number;
    const weight = block.words + 1;
    for (const [map, key] of [
      [groups.box, block.box],
      [groups.template, templateOf(block)],
      [groups.parent, block.box.parent],
    ] as const) {
      const group = sum(map, key);
      rows[at++] = group.words > weight ? (group.mass - p(i) * weight) / (group.words - weight) : -0.1;
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

function meanAround(blocks: readonly Block[], p: (i: number) => number, i: number, reach: number): number {
  let mass = 0;
  let words = 0;
  for (let j = i - reach; j <= i + reach; j++) {
    const block = blocks[j];
    if (!block || j === i) continue;
    mass += p(j) * (block.words + 1);
    words += block.words + 1;
  }
  return words > 0 ? mass / words : 0;
}
