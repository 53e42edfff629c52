import { text } from 'node:stream/consumers';
import { Agent, type Dispatcher, request } from 'undici';
import { isPublicHost, publicLookup } from '../crawl/fetch/address-guard.ts';
import type { Settings } from '../domain/settings.ts';
import { type Answer, AnswerError, type Reach } from '../publish/target.ts';

const timeoutMs = 10_000;
/** Of the answer to a question, such as whether a subscriber wants to be one. */
const mostAnswerBytes = 10_000;
const mostFeedBytes = 20 * 1024 * 1024;

/**
 * How webhooks, subscribers and the hub are reached: no redirects are followed, and private addresses only where PRIVATE_TARGETS allows
 * them; names are judged by what they resolve to, at the moment of the connection.
 */
export function openPost(
  settings: Pick<Settings, 'PRIVATE_TARGETS' | 'USER_AGENT'>,
): Reach & { close(): Promise<void> } {
  const allowed = settings.PRIVATE_TARGETS;
  const connect = { timeout: timeoutMs };
  const guarded = new Agent({ connect: allowed ? connect : { ...connect, lookup: publicLookup } });
  // The wire's own address may well be a private one.
  const own = new Agent({ connect });

  function ask(
    url: string,
    signal: AbortSignal,
    options: { dispatcher: Dispatcher; headers?: Readonly<Record<string, string>>; body?: string | Uint8Array },
  ) {
    const { host } = new URL(url);
    const { dispatcher, headers, body } = options;
    if (dispatcher === guarded && !allowed && !isPublicHost(new URL(url)))
      throw new Error(`${host} is a private address; PRIVATE_TARGETS=1 allows it`);
    return request(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, 'user-agent': settings.USER_AGENT },
      ...(body === undefined ? {} : { body }),
      dispatcher,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
  }

  async function get(url: string, signal: AbortSignal, dispatcher: Dispatcher, most: number): Promise<Answer> {
    const { statusCode, headers, body } = await ask(url, signal, { dispatcher });
    return { status: statusCode, type: String(headers['content-type'] ?? ''), body: await text(limited(body, most)) };
  }

  return {
    async send(url, headers, body, signal) {
      const answer = await ask(url, signal, { dispatcher: guarded, headers, body });
      // Its status is all that counts; a body without end must not be read.
      answer.body.on('error', () => undefined).destroy();
      const { statusCode } = answer;
      if (statusCode < 200 || statusCode >= 300) throw new AnswerError(url, statusCode);
    },
    get: async (url, signal) => get(url, signal, guarded, mostAnswerBytes),
    own: async (url, signal) => get(url, signal, own, mostFeedBytes),
    async close() {
      await Promise.all([guarded.destroy(), own.destroy()]);
    },
  };
}

/** A body up to so many bytes. */
async function* limited(body: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > most) throw new Error(`the answer has more than ${most} bytes`);
    yield chunk;
  }
}
