import type { Difference } from './difference.ts';
import type { Fingerprint } from './fingerprint.ts';
import { shared } from './number-set.ts';

/** Share of the shingles that may differ without readers being told. */
const slight = 0.03;

/** Whether readers should hear of a new version: more than 3 % of the text, a number or the headline changed. */
export function isSubstantive(before: Fingerprint, after: Fingerprint): boolean {
  return (
    !sameSet(before.headline, after.headline) ||
    !sameSet(before.numbers, after.numbers) ||
    changedShare(before, after) > slight
  );
}

/** Words that were added or taken away, per word of the longer version; one changed word touches three shingles. */
function changedShare(before: Fingerprint, after: Fingerprint): number {
  const longer = Math.max(before.shingles.length, after.shingles.length);
  return longer === 0 ? 0 : (longer - shared(before.shingles, after.shingles)) / longer;
}

const sameSet = (a: Int32Array, b: Int32Array): boolean => a.length === b.length && shared(a, b) === a.length;

/** A sentence more may be the turn of a phrase; two are news. Another figure is news at once. */
const newsSentences = 2;

/** Whether an article tells something that those before it did not. */
export const addsSubstance = ({ added, figures }: Difference): boolean =>
  figures.length > 0 || added.length >= newsSentences;
