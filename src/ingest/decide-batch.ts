import type { Outcome } from '../domain/article.ts';
import { type Claim, decideOne, type Known, outcomeOf, type Verdict } from './decide.ts';
import type { IngestBatch } from './ports.ts';

/**
 * Decides about one article after another and writes what each is, as if each had a batch of its own: load, decide, write. All are
 * looked up at once; where one might find something else by now, for what an earlier one wrote, it is looked up again, and the rest with it.
 */
export async function decideBatch<Content>(
  batch: IngestBatch<Content>,
  claims: readonly Claim<Content>[],
): Promise<Outcome[]> {
  let loaded = await load(batch, claims);
  let from = 0;
  const written = new Set<string | number>();
  const outcomes: Outcome[] = [];
  let moved = false;
  for (const [index, claim] of claims.entries()) {
    let known = loaded[index - from] as Known;
    if (moved || !lookedUp(claim, known).isDisjointFrom(written)) {
      loaded = await load(batch, claims.slice(index));
      [known, from, moved] = [loaded[0] as Known, index, false];
      written.clear();
    }
    const verdict = await decideOne(claim, known, batch);
    await write(batch, verdict, claim.content);
    const outcome = outcomeOf(verdict);
    // Seen again unchanged: the link did not change either.
    if (outcome !== known.earlier && claim.addresses) batch.end(claim.addresses.link, outcome, claim.content);
    for (const trace of traces(claim, verdict)) written.add(trace);
    moved = verdict.kind === 'new' && movesArticles(verdict);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function load<Content>(batch: IngestBatch<Content>, claims: readonly Claim<Content>[]): Promise<Known[]> {
  const candidates = await batch.find(
    claims.map(({ addresses, fingerprint, hits }) => ({ addresses: addresses?.all ?? [], fingerprint, hits })),
  );
  // After it: finding writes what waits.
  const earlier = await batch.earlierOutcomes(claims.flatMap(({ addresses }) => addresses?.link ?? []));
  return claims.map(({ addresses }, index) => ({
    earlier: addresses && earlier.get(addresses.link),
    candidates: candidates[index] as Known['candidates'],
  }));
}

/** Addresses, words and keys by which an article is looked up, and the articles that were found. */
function lookedUp<Content>(
  { addresses, fingerprint: { keys, textHash } }: Claim<Content>,
  { candidates: { atAddress, sameText, near } }: Known,
): Set<string | number> {
  const found = [...atAddress.map((one) => one.article), ...(sameText ? [sameText] : []), ...near];
  return new Set<string | number>([
    ...(addresses?.all ?? []),
    ...keys,
    ...(textHash ? [textHash] : []),
    ...found.map((article) => article.id),
  ]);
}

/**
 * What of that a verdict changed. A new text is found by its words and keys, and the article whose place it takes is another; a copy
 * changes nothing of the article that it is one of. So an article that was looked up by none of these would find the same again.
 */
function traces<Content>(
  { addresses, fingerprint: { keys, textHash } }: Claim<Content>,
  verdict: Verdict,
): (string | number)[] {
  const all = addresses?.all ?? [];
  if (verdict.kind === 'copy' || verdict.kind === 'unchanged') return [...all];
  const replaced = verdict.kind === 'update' ? [verdict.known.id] : [];
  return [...all, ...keys, ...(textHash ? [textHash] : []), ...replaced];
}

/** Whether articles of earlier batches change over to another story, which their candidates name. */
const movesArticles = ({ change }: Extract<Verdict, { kind: 'new' }>): boolean =>
  [change.story, ...change.others].some((story) => story.absorbs.length + story.takes.length > 0);

async function write<Content>(batch: IngestBatch<Content>, verdict: Verdict, content: Content): Promise<void> {
  switch (verdict.kind) {
    case 'new':
      return batch.add(verdict.article, verdict.change, verdict.review, content);
    case 'update': {
      const { known, version, substantive, copy } = verdict;
      return batch.replace(known, version, { substantive, ...(copy ? { copy } : {}) }, content);
    }
    case 'copy':
      return batch.addCopy(verdict.of, verdict.copy, content);
    case 'unchanged':
      return;
    default:
      verdict satisfies never;
  }
}
