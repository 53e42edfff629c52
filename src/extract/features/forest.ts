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

/**
 * All trees by feature instead of by tree, for speed (QuickScorer, Lucchese et al., 2015). Walking down a tree is a guess at each split, most of
 * them wrong for a processor; here each feature strikes out, in one ascending run, the leaves that its value rules out in all trees. What is
 * left of a tree, leftmost first, is its leaf.
 */
export interface CompiledForest {
  readonly bias: number;
  /** Columns that some split looks at. */
  readonly columns: Int32Array;
  /** For each of them where its splits begin; one more at the end. */
  readonly starts: Int32Array;
  /** By split, ascending within a column. */
  readonly thresholds: Float32Array;
  readonly trees: Uint16Array;
  /** By split: the leaves of its tree that are left when the value is above the threshold, as bits. */
  readonly left: Int32Array;
  /** 32 a tree, from left to right. */
  readonly leaves: Float64Array;
  /** The leaves that are left of each tree while a row is looked at. */
  readonly open: Int32Array;
}

/** The bits of a number: a tree may have no more leaves. */
const mostLeaves = 32;

interface Split {
  readonly column: number;
  readonly threshold: number;
  readonly tree: number;
  readonly left: number;
}

export function compile(forest: Forest, names: readonly string[]): CompiledForest {
  // Features are found by name, so that weights trained before a feature was added still hold.
  const column = forest.features.map((name) => names.indexOf(name));
  const missing = forest.features.filter((_, i) => column[i] === -1);
  if (missing.length > 0)
    throw new Error(`The weights use features that are gone: ${missing.join(', ')}. Train again.`);
  const leaves = new Float64Array(forest.trees.length * mostLeaves);
  const splits: Split[] = [];
  for (const [tree, { feature, threshold, left, right, leaf }] of forest.trees.entries()) {
    if (leaf.length > mostLeaves)
      throw new Error(`A tree of the weights has ${leaf.length} leaves. Train with at most ${mostLeaves}.`);
    let count = 0;
    /** Numbers the leaves below from left to right; tells them as bits. */
    const visit = (at: number): number => {
      if (at < 0) {
        leaves[tree * mostLeaves + count] = Math.fround(leaf[-1 - at] ?? 0);
        return 1 << count++;
      }
      const below = visit(left[at] ?? -1);
      splits.push({
        column: column[feature[at] ?? 0] ?? 0,
        threshold: Math.fround(threshold[at] ?? 0),
        tree,
        left: ~below,
      });
      return below | visit(right[at] ?? -1);
    };
    visit(feature.length > 0 ? 0 : -1);
  }
  splits.sort((a, b) => a.column - b.column || a.threshold - b.threshold);
  const firsts = splits.flatMap((split, i) => (split.column === splits[i - 1]?.column ? [] : [i]));
  return {
    bias: forest.bias,
    columns: Int32Array.from(firsts, (i) => splits[i]?.column ?? 0),
    starts: Int32Array.from([...firsts, splits.length]),
    thresholds: Float32Array.from(splits, ({ threshold }) => threshold),
    trees: Uint16Array.from(splits, ({ tree }) => tree),
    left: Int32Array.from(splits, ({ left }) => left),
    leaves,
    open: new Int32Array(forest.trees.length),
  };
}

/** Probability, 0…1, for the row that begins at `offset`. */
export function predict(forest: CompiledForest, rows: Float32Array, offset: number): number {
  const { columns, starts, thresholds, trees, left, leaves, open } = forest;
  open.fill(-1);
  for (let c = 0; c < columns.length; c++) {
    const value = rows[offset + (columns[c] as number)] as number;
    const end = starts[c + 1] as number;
    // Not `>`: a value that is no number goes right.
    for (let i = starts[c] as number; i < end && !(value <= (thresholds[i] as number)); i++) {
      const tree = trees[i] as number;
      open[tree] = (open[tree] as number) & (left[i] as number);
    }
  }
  let sum = forest.bias;
  for (let tree = 0; tree < open.length; tree++) {
    const rest = open[tree] as number;
    sum += leaves[tree * mostLeaves + 31 - Math.clz32(rest & -rest)] as number;
  }
  return 1 / (1 + Math.exp(-sum));
}
