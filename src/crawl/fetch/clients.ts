import type { Settings } from '../../domain/settings.ts';
import type { Source } from '../../domain/source.ts';
import type { WorkObserver } from '../../domain/work-observer.ts';
import type { HostLeases, RobotsStore } from '../ports.ts';
import type { BotIdentity } from './bot-identity.ts';
import { openRenderer } from './browser.ts';
import { type Client, createClient } from './client.ts';
import { ownHeaders } from './own-headers.ts';
import { createPoliteClient, type PoliteClient } from './polite-client.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { createRobotsCache, type RobotsCache } from './robots-cache.ts';

/** The settings that say how sites are asked. */
export type ClientSettings = Pick<
  Settings,
  'USER_AGENT' | 'HTTP_PROXY' | 'HTTPS_PROXY' | 'ALLOW_PRIVATE' | 'RATE' | 'CHROMIUM' | 'CHROMIUM_WITHOUT_SANDBOX'
>;

/** The clients of one process; all of them keep to one rate limiter. */
export interface Clients {
  /** The client for a source: through its own proxy or browser, at its own pace, with its headers. Without one as for any. */
  clientFor(source?: Source): PoliteClient;
  close(): Promise<void>;
}

export function openClients(
  settings: ClientSettings,
  shared: {
    readonly leases: HostLeases;
    readonly robots: RobotsStore;
    readonly identity?: BotIdentity | undefined;
    readonly observer?: Pick<WorkObserver, 'request'> | undefined;
  },
): Clients {
  // A little more than asked for: the clocks of this machine and of the site need not tick at the same instant.
  const gapMs = (rate: number) => 1000 / rate + 5;
  const limiter = createRateLimiter({ leases: shared.leases, gapMs: gapMs(settings.RATE) });
  const { USER_AGENT: userAgent, ALLOW_PRIVATE: allowPrivate } = settings;
  /** One client for each proxy, with its own connections. */
  const clients = new Map<string | undefined, { client: Client; robots: RobotsCache }>();
  const clientOf = (own: string | undefined) => {
    const known = clients.get(own);
    if (known) return known;
    const proxies =
      own === undefined ? { proxy: settings.HTTP_PROXY, httpsProxy: settings.HTTPS_PROXY } : { proxy: own };
    const client = createClient({ userAgent, allowPrivate, ...proxies, sign: shared.identity?.sign });
    const enter = (url: URL, signal: AbortSignal | undefined) => limiter.enter(url, { signal });
    const opened = { client, robots: createRobotsCache({ client, userAgent, store: shared.robots, enter }) };
    clients.set(own, opened);
    return opened;
  };
  const renderer = openRenderer({
    userAgent,
    executable: settings.CHROMIUM,
    withoutSandbox: settings.CHROMIUM_WITHOUT_SANDBOX,
  });
  return {
    clientFor(source) {
      const { proxy, rate, render } = source ?? {};
      const polite = createPoliteClient({
        ...clientOf(proxy),
        limiter,
        gapMs: rate === undefined ? undefined : gapMs(rate),
        headersFor: source && ownHeaders(source),
        onRequest: (seen) => shared.observer?.request(seen, source),
      });
      return render === 'browser' ? { ...polite, ...renderer.through(polite) } : polite;
    },
    async close() {
      await Promise.all([renderer.close(), ...clients.values().map(({ client }) => client.close())]);
    },
  };
}
