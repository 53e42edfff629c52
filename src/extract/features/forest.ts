/**
 * Boosted decision trees: the sum of many small trees is the log-odds that a block belongs to the article. A tree is a flat list of
 * splits; `left` and `right` name the next split, or, when negative, the leaf `-1 - value`.
 */
export interface Forest {
  readonly features: readonly string[];
  readonly bias: number;
  readonly trees: readonly Tree[];
}

export interface Tree {
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly leaf: readonly number[];
}

/** All trees in one flat array, for speed: four numbers a split, that stand in one line of the processor's cache. */
export interface CompiledForest {
  readonly bias: number;
  /** First split of each tree. */
  readonly roots: Int32Array;
  /** By split: feature, threshold (as bits of a float), left, right; left and right are the next split × 4, or -1 - a leaf. */
  readonly splits: Int32Array;
  /** The same memory, for the thresholds. */
  readonly thresholds: Float32Array;
  readonly leaf: Float64Array;
}

export function compile(forest: Forest, names: readonly string[]): CompiledForest {
  // Features are found by name, so that weights trained before a feature was added still hold.
  const column = forest.features.map((name) => names.indexOf(name));
  const missing = forest.features.filter((_, i) => column[i] === -1);
  if (missing.length > 0)
    throw new Error(`The weights use features that are gone: ${missing.join(', ')}. Train again.`);
  const count = forest.trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  const leaves = forest.trees.reduce((sum, tree) => sum + tree.leaf.length, 0);
  const splits = new Int32Array(count * 4);
  const thresholds = new Float32Array(splits.buffer);
  const roots = new Int32Array(forest.trees.length);
  const leafValues = new Float64Array(leaves);
  let split = 0;
  let leaf = 0;
  for (const [t, tree] of forest.trees.entries()) {
    roots[t] = tree.feature.length > 0 ? split * 4 : -1 - leaf;
    const next = (to: number | undefined): number =>
      to === undefined || to < 0 ? (to ?? -1) - leaf : (to + split) * 4;
    for (let i = 0; i < tree.feature.length; i++) {
      const at = (split + i) * 4;
      splits[at] = column[tree.feature[i] ?? 0] ?? 0;
      thresholds[at + 1] = tree.threshold[i] ?? 0;
      splits[at + 2] = next(tree.left[i]);
      splits[at + 3] = next(tree.right[i]);
    }
    for (let i = 0; i < tree.leaf.length; i++) leafValues[leaf + i] = Math.fround(tree.leaf[i] ?? 0);
    split += tree.feature.length;
    leaf += tree.leaf.length;
  }
  return { bias: forest.bias, roots, splits, thresholds, leaf: leafValues };
}

/** Probability, 0…1, for the row that begins at `offset`. */
export function predict(forest: CompiledForest, rows: Float32Array, offset: number): number {
  const { roots, splits, thresholds, leaf } = forest;
  let sum = forest.bias;
  for (let t = 0; t < roots.length; t++) {
    let at = roots[t] as number;
    while (at >= 0) {
      const value = rows[offset + (splits[at] as number)] as number;
      at = splits[value <= (thresholds[at + 1] as number) ? at + 2 : at + 3] as number;
    }
    sum += leaf[-1 - at] as number;
  }
  return 1 / (1 + Math.exp(-sum));
}
