/** A value with the place that gave it, for `--explain`. */
export interface Vote {
  readonly origin: string;
  readonly value: string;
  readonly weight: number;
}

/** The candidate with the most support, the first of those with the same; undefined where none has any. How support is counted differs by field. */
export function elect<Candidate>(
  candidates: readonly Candidate[],
  supportOf: (candidate: Candidate) => number,
): Candidate | undefined {
  let best: Candidate | undefined;
  let most = 0;
  for (const candidate of candidates) {
    const support = supportOf(candidate);
    if (support > most) [best, most] = [candidate, support];
  }
  return best;
}
