import { Agent, request } from 'undici';
import { isPublicHost, publicLookup } from '../crawl/fetch/address-guard.ts';
import type { Settings } from '../domain/settings.ts';
import type { Post } from '../publish/target.ts';

const timeoutMs = 10_000;

/**
 * How webhooks and the hub are reached: no redirects are followed, and private addresses only where PRIVATE_TARGETS allows them; names are
 * judged by what they resolve to, at the moment of the connection.
 */
export function openPost(settings: Pick<Settings, 'PRIVATE_TARGETS' | 'USER_AGENT'>): {
  send: Post;
  close(): Promise<void>;
} {
  const allowed = settings.PRIVATE_TARGETS;
  const dispatcher = new Agent({ connect: { timeout: timeoutMs, ...(allowed ? {} : { lookup: publicLookup }) } });
  return {
    async send(url, headers, body, signal) {
      const { host } = new URL(url);
      if (!allowed && !isPublicHost(new URL(url)))
        throw new Error(`${host} is a private address; PRIVATE_TARGETS=1 allows it`);
      const answer = await request(url, {
        method: 'POST',
        headers: { ...headers, 'user-agent': settings.USER_AGENT },
        body,
        dispatcher,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      // Its status is all that counts; a body without end must not be read.
      answer.body.on('error', () => undefined).destroy();
      const { statusCode } = answer;
      if (statusCode >= 300 && statusCode < 400)
        throw new Error(`${host} answered ${statusCode}: redirects are not followed, name the address it leads to`);
      if (statusCode < 200 || statusCode >= 300) throw new Error(`${host} answered ${statusCode}`);
    },
    close: () => dispatcher.destroy(),
  };
}
