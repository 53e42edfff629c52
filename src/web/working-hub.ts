import { type Settings, withoutSlash } from '../domain/settings.ts';
import type { Db } from '../store/db.ts';
import { hubState } from '../store/hub.ts';

/** The deliver worker looks once a minute whether the hub can be reached. */
const believedMs = 5 * 60_000;
const askEveryMs = 10_000;

/**
 * The hub that feeds name: the one of HUB_URL, which can fetch the feeds only where PUBLIC_URL says where; else the wire's own, while it was
 * reached at its public address in the last minutes, which takes a worker that tells subscribers.
 */
export function createWorkingHub(
  { HUB_URL, PUBLIC_URL }: Pick<Settings, 'HUB_URL' | 'PUBLIC_URL'>,
  db: Db,
): () => Promise<string | undefined> {
  if (PUBLIC_URL === undefined || HUB_URL !== undefined)
    return async () => (PUBLIC_URL === undefined ? undefined : HUB_URL);
  const own = `${withoutSlash(PUBLIC_URL)}/hub`;
  let known: { readonly at: number; readonly hub: Promise<string | undefined> } | undefined;
  const ask = async (): Promise<string | undefined> => {
    const state = await hubState(db);
    return state?.error === null && Date.now() - state.checkedAt.getTime() < believedMs ? own : undefined;
  };
  return () => {
    if (!known || performance.now() - known.at > askEveryMs)
      known = { at: performance.now(), hub: ask().catch(() => undefined) };
    return known.hub;
  };
}
