import { createHmac, randomBytes } from 'node:crypto';
import { reasonOf } from '../../domain/cannot-run.ts';
import { type Settings, withoutSlash } from '../../domain/settings.ts';
import type { Db } from '../../store/db.ts';
import {
  dropSubscription,
  endHubRequest,
  type HubRequest,
  type HubSubscription,
  noteHub,
  openHubRequest,
  readSubscription,
  subscriptionTold,
} from '../../store/hub.ts';
import { AnswerError, type Reach } from '../target.ts';

/** The page of the hub begins with these words: so it is known that PUBLIC_URL leads to a wire. */
export const hubGreeting = 'WebSub hub';

/** A feed that was fetched may be told to all who wait for what was new before. */
interface FetchedFeed {
  readonly at: number;
  readonly feed: Promise<{ readonly type: string; readonly body: string }>;
}

/** Fetched feeds that are kept for the next subscriber. */
const keptFeeds = 20;

/** The wire's own WebSub hub: verifies who subscribes, and tells subscribers what is new (https://www.w3.org/TR/websub/). */
export function createOwnHub(settings: Pick<Settings, 'PUBLIC_URL'>, db: Db, reach: Reach) {
  const hub = `${withoutSlash(settings.PUBLIC_URL ?? '')}/hub`;
  const fetched = new Map<string, FetchedFeed>();

  function feedOf(topic: string, newAt: number, signal: AbortSignal): FetchedFeed['feed'] {
    const known = fetched.get(topic);
    if (known && known.at > newAt) return known.feed;
    const feed = reach.own(topic, signal).then(({ status, type, body }) => {
      if (status !== 200) throw new AnswerError(topic, status);
      return { type, body };
    });
    feed.catch(() => fetched.delete(topic));
    fetched.delete(topic);
    fetched.set(topic, { at: Date.now(), feed });
    for (const oldest of fetched.keys()) if (fetched.size > keptFeeds) fetched.delete(oldest);
    return feed;
  }

  return {
    /** Asks the callback whether it wants what was asked in its name. @throws when it cannot be reached */
    async verify(id: string, signal: AbortSignal): Promise<boolean> {
      const request = await openHubRequest(db, id);
      if (!request) return false;
      const wanted = await isWanted(request, reach, signal);
      await endHubRequest(db, id, wanted, new Date());
      return wanted;
    },

    /** Sends a subscriber the feed as it is now. @throws when it did not take it */
    async distribute(id: string, signal: AbortSignal): Promise<void> {
      const subscription = await readSubscription(db, id, new Date());
      if (!subscription?.dirtyAt) return;
      const { type, body } = await feedOf(subscription.topic, subscription.dirtyAt.getTime(), signal);
      try {
        await reach.send(subscription.callback, headersFor(subscription, hub, type, body), body, signal);
      } catch (error) {
        // 410: the subscriber wants no more.
        if (!(error instanceof AnswerError) || error.status !== 410) throw error;
        return dropSubscription(db, id);
      }
      await subscriptionTold(db, subscription, null);
    },

    /** A subscriber that never answers hears of the next news again. */
    async giveUp(id: string, error: string): Promise<void> {
      const subscription = await readSubscription(db, id, new Date());
      if (subscription) await subscriptionTold(db, subscription, error);
    },

    /** Looks whether subscribers can reach the hub. */
    async check(signal: AbortSignal): Promise<void> {
      if (settings.PUBLIC_URL === undefined) return;
      const error = await reach.own(hub, signal).then(
        ({ status, body }) => {
          if (status === 200 && body.startsWith(hubGreeting)) return null;
          return `${hub} answers ${status} and is not this wire: does PUBLIC_URL lead here?`;
        },
        (reason) => `${hub} cannot be reached from this machine: ${reasonOf(reason)}`,
      );
      await noteHub(db, error, new Date());
    },
  };
}
export type OwnHub = ReturnType<typeof createOwnHub>;

async function isWanted(request: HubRequest, reach: Reach, signal: AbortSignal): Promise<boolean> {
  const { mode, topic, callback, leaseSeconds, reason } = request;
  const challenge = randomBytes(24).toString('base64url');
  const url = new URL(callback);
  const ask: Record<string, string> = { 'hub.mode': mode, 'hub.topic': topic };
  if (mode === 'denied') Object.assign(ask, { 'hub.reason': reason ?? '' });
  else Object.assign(ask, { 'hub.challenge': challenge });
  if (mode === 'subscribe') Object.assign(ask, { 'hub.lease_seconds': String(leaseSeconds) });
  for (const [name, value] of Object.entries(ask)) url.searchParams.append(name, value);
  const { status, body } = await reach.get(url.href, signal);
  return status >= 200 && status < 300 && body.trim() === challenge;
}

function headersFor(
  { topic, secret }: HubSubscription,
  hub: string,
  type: string,
  body: string,
): Record<string, string> {
  const headers = { 'content-type': type, link: `<${hub}>; rel="hub", <${topic}>; rel="self"` };
  if (secret === null) return headers;
  return { ...headers, 'x-hub-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
}
