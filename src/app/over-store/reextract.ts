import type { Db } from '../../store/db.ts';
import { fetchAgain, linkBounds } from '../../store/fetch-again.ts';
import type { StoreTask } from './run-task.ts';

/** Has the running wire fetch pages again, at each site's pace: pages are not kept, so there is nothing else to extract from. */
export const reextraction = (
  db: Db,
  what: { readonly source?: string | undefined; readonly rejected: boolean },
): StoreTask => ({
  name: ['reextract', ...(what.source ? [what.source] : []), ...(what.rejected ? ['rejected'] : [])].join(' '),
  bounds: async () => ({ first: '', ...(await linkBounds(db)) }),
  step: (after, last) => fetchAgain(db, { ...what, after, last }, new Date()),
});
