import { describe, expect, it } from 'vitest';
import { duplicatePairs, raceDuplicates } from '../support/duplicates.ts';
import { openTestDatabase } from '../support/postgres.ts';

describe('ingest in several processes', () => {
  it('merges all duplicates that arrive at the same instant, and no others, though a process is killed', async () => {
    await using database = await openTestDatabase();
    const pairs = duplicatePairs(60);
    const outcomes = await raceDuplicates(database.url, pairs, { processes: 4, pairsInFlight: 4, killAfter: 40 });
    pairs.forEach((_, pair) => {
      const [a, b] = [outcomes[pair * 2], outcomes[pair * 2 + 1]];
      const kinds = [a?.kind, b?.kind].sort();
      expect(kinds, `pair ${pair}`).toEqual(['duplicate', 'published']);
      const published = a?.kind === 'published' ? a : b;
      const duplicate = a?.kind === 'published' ? b : a;
      expect(duplicate).toMatchObject({ of: published?.kind === 'published' ? published.article : '' });
    });
  }, 60_000);
});
