import { Agent, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { publicLookup } from './address-guard.ts';
import type { Limits } from './limits.ts';

/** Connections within the limits, straight to public addresses or through a proxy. */
export function dispatcherFor(proxy: string | undefined, allowPrivate: boolean, limits: Limits): Dispatcher {
  const common = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.silenceMs,
    bodyTimeout: limits.silenceMs,
    keepAliveTimeout: 8_000,
    connections: 2,
    pipelining: 1,
    allowH2: false,
  };
  const connect = { timeout: limits.connectMs, allowH2: false };
  if (proxy !== undefined)
    return new ProxyAgent({
      ...common,
      uri: proxy,
      // Plain http goes to the proxy in absolute form, as every proxy understands; only https needs a tunnel.
      proxyTunnel: false,
      requestTls: connect,
      proxyTls: connect,
      // Without it the limits would not reach the connections for plain http.
      factory: (origin, own) => new Pool(origin, { ...common, ...own }),
    });
  return new Agent({ ...common, connect: allowPrivate ? connect : { ...connect, lookup: publicLookup } });
}
