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

/** Flat arrays of all trees, for speed. */
export interface CompiledForest {
  readonly bias: number;
  readonly roots: Int32Array;
  readonly feature: Int16Array;
  readonly threshold: Float32Array;
  /** Index of the next split, or -1 - index of a leaf. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly leaf: Float32Array;
}

export function compile(forest: Forest, names: readonly string[]): CompiledForest {
  // Features are found by name, so that weights trained before a feature was added still hold.
  const column = forest.features.map((name) => names.indexOf(name));
  const missing = forest.features.filter((_, i) => column[i] === -1);
  if (missing.length > 0)
    throw new Error(`The weights use features that are gone: ${missing.join(', ')}. Train again.`);
  const splits = forest.trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  const leaves = forest.trees.reduce((sum, tree) => sum + tree.leaf.length, 0);
  const compiled = {
    bias: forest.bias,
    roots: new Int32Array(forest.trees.length),
    feature: new Int16Array(splits),
    threshold: new Float32Array(splits),
    left: new Int32Array(splits),
    right: new Int32Array(splits),
    leaf: new Float32Array(leaves),
  };
  let split = 0;
  let leaf = 0;
  for (const [t, tree] of forest.trees.entries()) {
    compiled.roots[t] = tree.feature.length > 0 ? split : -1 - leaf;
    const next = (to: number | undefined): number => (to === undefined || to < 0 ? (to ?? -1) - leaf : to + split);
    for (let i = 0; i < tree.feature.length; i++) {
      compiled.feature[split + i] = column[tree.feature[i] ?? 0] ?? 0;
      compiled.threshold[split + i] = tree.threshold[i] ?? 0;
      compiled.left[split + i] = next(tree.left[i]);
      compiled.right[split + i] = next(tree.right[i]);
    }
    for (let i = 0; i < tree.leaf.length; i++) compiled.leaf[leaf + i] = tree.leaf[i] ?? 0;
    split += tree.feature.length;
    leaf += tree.leaf.length;
  }
  return compiled;
}

/** Probability, 0…1, for the row that begins at `offset`. */
export function predict(forest: CompiledForest, rows: Float32Array, offset: number): number {
  const { roots, feature, threshold, left, right, leaf } = forest;
  let sum = forest.bias;
  for (let t = 0; t < roots.length; t++) {
    let at = roots[t] as number;
    while (at >= 0)
      at = (
        (rows[offset + (feature[at] as number)] as number) <= (threshold[at] as number) ? left[at] : right[at]
      ) as number;
    sum += leaf[-1 - at] as number;
  }
  return 1 / (1 + Math.exp(-sum));
}
