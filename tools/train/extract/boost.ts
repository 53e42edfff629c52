import type { Forest, Tree } from '../../../src/extract/features/forest.ts';

export interface BoostOptions {
  readonly trees: number;
  readonly leaves: number;
  readonly rate: number;
  readonly leastWeight: number;
  readonly ridge: number;
  /** Share of the features that a tree may use. */
  readonly columns: number;
  readonly seed: number;
}

/** Training rows: features row by row, a label 0…1 and a weight for each. */
export interface Rows {
  readonly width: number;
  readonly features: Float32Array;
  readonly labels: Float32Array;
  readonly weights: Float32Array;
}

const bins = 48;

/** Boosted trees for logistic loss, grown leaf by leaf on binned features (Friedman 2001; the histogram trick is LightGBM's). */
export function boost(rows: Rows, names: readonly string[], options: BoostOptions): Forest {
  const { width, labels, weights } = rows;
  const n = labels.length;
  const edges = findEdges(rows);
  const binned = bin(rows, edges);
  const random = mulberry(options.seed);
  let positive = 0;
  let all = 0;
  for (let i = 0; i < n; i++) {
    positive += (labels[i] as number) * (weights[i] as number);
    all += weights[i] as number;
  }
  const bias = Math.log(positive / (all - positive));
  const scores = new Float64Array(n).fill(bias);
  const gradient = new Float32Array(n);
  const hessian = new Float32Array(n);
  const trees: Tree[] = [];
  const order = new Int32Array(n);
  for (let t = 0; t < options.trees; t++) {
    for (let i = 0; i < n; i++) {
      const p = 1 / (1 + Math.exp(-(scores[i] as number)));
      gradient[i] = (p - (labels[i] as number)) * (weights[i] as number);
      hessian[i] = Math.max(p * (1 - p), 1e-6) * (weights[i] as number);
      order[i] = i;
    }
    const columns: number[] = [];
    for (let f = 0; f < width; f++)
      if ((edges[f] as Float32Array).length > 0 && random() < options.columns) columns.push(f);
    trees.push(grow({ n, width, binned, gradient, hessian, order, columns, edges, options, scores }));
  }
  return prune({ features: [...names], bias: round(bias), trees });
}

interface Growth {
  readonly n: number;
  readonly width: number;
  readonly binned: Uint8Array;
  readonly gradient: Float32Array;
  readonly hessian: Float32Array;
  readonly order: Int32Array;
  readonly columns: readonly number[];
  readonly edges: readonly Float32Array[];
  readonly options: BoostOptions;
  readonly scores: Float64Array;
}

interface Leaf {
  from: number;
  to: number;
  g: number;
  h: number;
  histogram: Float64Array;
  best: { gain: number; feature: number; bin: number } | undefined;
  /** Where the parent split points here. */
  parent: number;
  side: 'left' | 'right';
}

function grow(growth: Growth): Tree {
  const { n, order, options, binned, edges, width } = growth;
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const root = makeLeaf(growth, 0, n, -1, 'left');
  const leaves: Leaf[] = [root];
  while (leaves.length < options.leaves) {
    let chosen: Leaf | undefined;
    for (const leaf of leaves) if (leaf.best && (!chosen?.best || leaf.best.gain > chosen.best.gain)) chosen = leaf;
    if (!chosen?.best) break;
    const { feature: f, bin: b } = chosen.best;
    let middle = chosen.from;
    let high = chosen.to - 1;
    while (middle <= high) {
      const row = order[middle] as number;
      if ((binned[row * width + f] as number) <= b) middle++;
      else {
        order[middle] = order[high] as number;
        order[high--] = row;
      }
    }
    const split = feature.length;
    feature.push(f);
    threshold.push(round((edges[f] as Float32Array)[b] as number));
    left.push(0);
    right.push(0);
    if (chosen.parent >= 0) (chosen.side === 'left' ? left : right)[chosen.parent] = split;
    const small = middle - chosen.from < chosen.to - middle;
    const a = makeLeaf(
      growth,
      small ? chosen.from : middle,
      small ? middle : chosen.to,
      split,
      small ? 'left' : 'right',
    );
    const rest = makeLeaf(
      growth,
      small ? middle : chosen.from,
      small ? chosen.to : middle,
      split,
      small ? 'right' : 'left',
      chosen,
      a,
    );
    leaves.splice(leaves.indexOf(chosen), 1, a, rest);
  }
  const values: number[] = [];
  for (const leaf of leaves) {
    const value = round((-leaf.g / (leaf.h + options.ridge)) * options.rate);
    if (leaf.parent >= 0) (leaf.side === 'left' ? left : right)[leaf.parent] = -1 - values.length;
    values.push(value);
    for (let i = leaf.from; i < leaf.to; i++)
      growth.scores[order[i] as number] = (growth.scores[order[i] as number] as number) + value;
  }
  return { feature, threshold, left, right, leaf: values };
}

function makeLeaf(
  growth: Growth,
  from: number,
  to: number,
  parent: number,
  side: Leaf['side'],
  whole?: Leaf,
  sibling?: Leaf,
): Leaf {
  const { width, columns, binned, gradient, hessian, order, options } = growth;
  const histogram = new Float64Array(width * bins * 2);
  let g = 0;
  let h = 0;
  if (whole && sibling) {
    for (let k = 0; k < histogram.length; k++)
      histogram[k] = (whole.histogram[k] as number) - (sibling.histogram[k] as number);
    g = whole.g - sibling.g;
    h = whole.h - sibling.h;
  } else {
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      const gi = gradient[row] as number;
      const hi = hessian[row] as number;
      g += gi;
      h += hi;
      const base = row * width;
      for (const f of columns) {
        const k = (f * bins + (binned[base + f] as number)) * 2;
        histogram[k] = (histogram[k] as number) + gi;
        histogram[k + 1] = (histogram[k + 1] as number) + hi;
      }
    }
  }
  const leaf: Leaf = { from, to, g, h, histogram, best: undefined, parent, side };
  const { ridge, leastWeight } = options;
  const own = (g * g) / (h + ridge);
  for (const f of columns) {
    const count = (growth.edges[f] as Float32Array).length;
    let gl = 0;
    let hl = 0;
    for (let b = 0; b < count; b++) {
      const k = (f * bins + b) * 2;
      gl += histogram[k] as number;
      hl += histogram[k + 1] as number;
      if (hl < leastWeight || h - hl < leastWeight) continue;
      const gr = g - gl;
      const gain = (gl * gl) / (hl + ridge) + (gr * gr) / (h - hl + ridge) - own;
      if (gain > (leaf.best?.gain ?? 1e-3)) leaf.best = { gain, feature: f, bin: b };
    }
  }
  return leaf;
}

/** Upper edges of the bins of each feature; none for a feature that never changes. */
function findEdges(rows: Rows): Float32Array[] {
  const n = rows.labels.length;
  const step = Math.max(1, Math.floor(n / 40_000));
  return Array.from({ length: rows.width }, (_, f) => {
    const values: number[] = [];
    for (let i = 0; i < n; i += step) values.push(rows.features[i * rows.width + f] as number);
    const sorted = Float32Array.from(values).sort();
    const distinct = [...new Set(sorted)];
    if (distinct.length <= bins)
      return Float32Array.from(distinct.slice(0, -1).map((value, i) => (value + (distinct[i + 1] as number)) / 2));
    const edges = new Set<number>();
    for (let b = 1; b < bins; b++) edges.add(sorted[Math.floor((b * sorted.length) / bins)] as number);
    edges.delete(sorted.at(-1) as number);
    return Float32Array.from(edges);
  });
}

function bin(rows: Rows, edges: readonly Float32Array[]): Uint8Array {
  const n = rows.labels.length;
  const out = new Uint8Array(n * rows.width);
  for (let f = 0; f < rows.width; f++) {
    const limits = edges[f] as Float32Array;
    if (limits.length === 0) continue;
    for (let i = 0; i < n; i++) {
      const value = rows.features[i * rows.width + f] as number;
      let low = 0;
      let high = limits.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (value <= (limits[middle] as number)) high = middle;
        else low = middle + 1;
      }
      out[i * rows.width + f] = low;
    }
  }
  return out;
}

/** Leaves out features that no tree uses. */
function prune(forest: Forest): Forest {
  const used = [...new Set(forest.trees.flatMap((tree) => tree.feature))].sort((a, b) => a - b);
  const at = new Map(used.map((f, i) => [f, i]));
  return {
    features: used.map((f) => forest.features[f] as string),
    bias: forest.bias,
    trees: forest.trees.map((tree) => ({ ...tree, feature: tree.feature.map((f) => at.get(f) as number) })),
  };
}

const round = (value: number): number => Number(value.toPrecision(4));

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
