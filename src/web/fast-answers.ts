import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import { LRUCache } from 'lru-cache';
import { isLoopback } from './client-address.ts';
import { isNotModified, type Validators } from './conditional.ts';

/** A whole answer, as it was sent before. */
export interface KeptAnswer {
  readonly validators: Validators;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
  /** Of the store, for which it is right. */
  readonly version: string;
  /** By `performance.now()`. */
  readonly expiresAt: number;
}

/** What an answer of this layer is reported to: metrics and the access log. */
type Observer = (request: IncomingMessage, status: number, milliseconds: number) => void;

const keptAnswers = 2000;
const trustLoopback = proxyAddr.compile('loopback');

/** Who asks: the client as a proxy on this machine names it, else the other end of the connection. */
const addressOf = (request: IncomingMessage): string =>
  request.headers['x-forwarded-for'] === undefined
    ? (request.socket.remoteAddress ?? '')
    : (proxyAddr(request as Parameters<typeof proxyAddr>[0], trustLoopback) ?? '');

/** All of a request that decides what the answer is. */
function keyOf({ headers, url, socket }: IncomingMessage, address: string | undefined): string {
  const proto = isLoopback(socket.remoteAddress) ? headers['x-forwarded-proto'] : '';
  const host = isLoopback(socket.remoteAddress) ? headers['x-forwarded-host'] : '';
  return `${headers.host}\n${proto}\n${host}\n${headers['accept-encoding']}\n${address ?? url}`;
}

/** Headers that an answer without a body does not carry. */
const ofBody: ReadonlySet<string> = new Set(['content-type', 'content-length', 'content-encoding']);

/**
 * Answers that were given before, given again without the framework: its hooks cost four times what the answer does. It holds whole
 * answers, headers included, as Fastify made them; what changes from request to request (limits, metrics, log) is done here as there.
 */
export class FastAnswers {
  readonly #answers = new LRUCache<string, KeptAnswer & { unchanged: OutgoingHttpHeaders }>({ max: keptAnswers });
  readonly #version: () => string | undefined;
  readonly #mayAsk: (address: string) => boolean;
  readonly #observe: Observer;

  /**
   * @param version of the store now; undefined when it is not known, so that nothing kept may be given
   * @param mayAsk counts the request; false when the address asks too often
   */
  constructor(version: () => string | undefined, mayAsk: (address: string) => boolean, observe: Observer) {
    this.#version = version;
    this.#mayAsk = mayAsk;
    this.#observe = observe;
  }

  /** Keeps an answer for requests that are the same in all that decides it. @param url as it was asked, before any rewriting */
  keep(request: IncomingMessage, url: string, answer: KeptAnswer): void {
    const unchanged = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !ofBody.has(name)));
    this.#answers.set(keyOf(request, url), { ...answer, unchanged });
  }

  /** Answers when it can. @returns whether it did */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const isHead = request.method === 'HEAD';
    if (!isHead && request.method !== 'GET') return false;
    const kept = this.#answers.get(keyOf(request, undefined));
    const now = performance.now();
    if (!kept || kept.expiresAt <= now || kept.version !== this.#version()) return false;
    const address = addressOf(request);
    if (!this.#mayAsk(address)) return false;
    const status = isNotModified(request.headers, kept.validators) ? 304 : 200;
    response.writeHead(status, status === 304 ? kept.unchanged : kept.headers);
    response.end(status === 304 || isHead ? undefined : kept.body);
    this.#observe(request, status, performance.now() - now);
    return true;
  }
}
