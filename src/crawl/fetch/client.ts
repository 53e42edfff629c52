import { Buffer, isUtf8 } from 'node:buffer';
import type { CookieJar } from 'tough-cookie';
import { Agent, type Dispatcher, Pool, ProxyAgent, request } from 'undici';
import type { Reason } from '../../domain/article.ts';
import { answerLimits } from '../../domain/source.ts';
import type { Validators } from '../ports.ts';
import { isPublicHost, publicLookup } from './address-guard.ts';
import { DecompressError, decompress } from './decompress.ts';
import { FetchError, statusError } from './fetch-error.ts';

/** What one answer may cost. Sizes in bytes, times in milliseconds. */
export interface Limits {
  /** Of the body, as sent and after decompression. */
  readonly bodyBytes: number;
  readonly headerBytes: number;
  readonly redirects: number;
  readonly connectMs: number;
  /** Without a byte: for the headers, and between two pieces of the body. */
  readonly silenceMs: number;
  /** From the first request to the last byte, redirects included, waiting for the host not. */
  readonly totalMs: number;
}

export const defaultLimits: Limits = {
  bodyBytes: answerLimits.maxBytes,
  headerBytes: 64 * 1024,
  redirects: answerLimits.maxRedirects,
  connectMs: 10_000,
  silenceMs: 10_000,
  totalMs: answerLimits.maxSeconds * 1000,
};

export interface ClientOptions {
  readonly userAgent: string;
  /** `http://host:port`, `https://…` or `socks5://…`; the proxy itself may stand in the private network. */
  readonly proxy?: string | undefined;
  /** For https addresses; `proxy` when not given. */
  readonly httpsProxy?: string | undefined;
  /** Allows addresses of the private network. Default false. */
  readonly allowPrivate?: boolean | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

/** Ends a request. `failed`: no usable answer, but there may be one later. `retryAfterMs`: what the host asked for. */
export type EndRequest = (end: {
  readonly failed: boolean;
  readonly retryAfterMs?: number | undefined;
}) => Promise<void>;

export interface FetchOptions {
  /** Makes the request conditional: the answer may be `notModified`. */
  readonly validators?: Validators | undefined;
  /** The `Accept` header. */
  readonly accept?: string | undefined;
  /** Further headers, for sources that need them. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Ends the request with `not-html` before the body when it gives false for the answer's `Content-Type`. */
  readonly wants?: ((contentType: string | undefined) => boolean) | undefined;
  /** Instead of the client's own limits. */
  readonly maxBytes?: number | undefined;
  readonly maxRedirects?: number | undefined;
  readonly totalMs?: number | undefined;
  /**
   * Called before each request, redirects included: waits for the host's lease, or throws FetchError to forbid it. What it
   * gives back is called when the request has ended, with how.
   */
  readonly enter?: ((url: URL, signal: AbortSignal | undefined) => Promise<EndRequest>) | undefined;
  /** Cookies of the crawl; without it none are kept, not even between redirects. */
  readonly cookies?: CookieJar | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Redirect {
  readonly from: string;
  readonly to: string;
  readonly status: number;
}

export interface FetchResult {
  /** The address that answered, after redirects. */
  readonly url: string;
  /** Any status: see `statusError` for what it means. */
  readonly status: number;
  /** Names in lower case; several of one name joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed. */
  readonly body: Uint8Array;
  /** 304: the body is empty, what is known still stands. */
  readonly notModified: boolean;
  readonly redirects: readonly Redirect[];
}

/** An HTTP client for hostile hosts. */
export interface Client {
  /** Throws FetchError when there is no answer within the limits, and the signal's reason when aborted. */
  fetch(url: string, options?: FetchOptions): Promise<FetchResult>;
  close(): Promise<void>;
}

const acceptPages = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5';

function dispatcherFor(proxy: string | undefined, allowPrivate: boolean, limits: Limits): Dispatcher {
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

function parse(address: string, base: string | undefined, from: string): URL {
  const url = URL.parse(address, base);
  if (url === null) throw new FetchError(from, 'bad-address', `'${address.slice(0, 200)}' is not an address`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new FetchError(from, 'bad-address', `${url.protocol} addresses are not fetched`);
  url.hash = '';
  return url;
}

/** Header bytes arrive as Latin-1; addresses in them are UTF-8 where they are not ASCII. */
function asUtf8(header: string): string {
  const bytes = Buffer.from(header, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : header;
}

const codeReasons: Readonly<Record<string, readonly [reason: Reason, retry: boolean, what: string]>> = {
  ERR_PRIVATE_ADDRESS: ['private-address', false, 'the name leads into a private network'],
  UND_ERR_HEADERS_OVERFLOW: ['too-large', false, 'the response headers are too large'],
  UND_ERR_CONNECT_TIMEOUT: ['unreachable', true, 'no connection in time'],
  UND_ERR_HEADERS_TIMEOUT: ['unreachable', true, 'no answer in time'],
  UND_ERR_BODY_TIMEOUT: ['unreachable', true, 'the answer stalled'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['unreachable', true, 'the answer is shorter than announced'],
  ENOTFOUND: ['unreachable', true, 'the name is not known'],
  EAI_AGAIN: ['unreachable', true, 'the name could not be looked up'],
  ECONNREFUSED: ['unreachable', true, 'the connection was refused'],
  ECONNRESET: ['unreachable', true, 'the connection was reset'],
  UND_ERR_SOCKET: ['unreachable', true, 'the connection broke'],
};

/** Every code in an error and in what it was caused by or collected from. */
function* codesOf(error: unknown, depth = 0): Generator<string> {
  if (!(error instanceof Error) || depth > 4) return;
  if ('code' in error && typeof error.code === 'string') yield error.code;
  yield* codesOf(error.cause, depth + 1);
  if (error instanceof AggregateError) for (const each of error.errors) yield* codesOf(each, depth + 1);
}

function networkError(url: string, error: unknown): FetchError {
  for (const code of codesOf(error)) {
    const known = codeReasons[code];
    if (known) return new FetchError(url, known[0], known[2], { retry: known[1], cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new FetchError(url, 'unreachable', message, { retry: true, cause: error });
}

async function readBody(body: AsyncIterable<Uint8Array>, url: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw new FetchError(url, 'too-large', `more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly location?: string | undefined;
  readonly body: Uint8Array;
}

class UndiciClient implements Client {
  readonly #options: ClientOptions;
  readonly #limits: Limits;
  readonly #http: Dispatcher;
  readonly #https: Dispatcher;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    const { proxy, httpsProxy = proxy, allowPrivate = false } = options;
    this.#http = dispatcherFor(proxy, allowPrivate, this.#limits);
    this.#https = httpsProxy === proxy ? this.#http : dispatcherFor(httpsProxy, allowPrivate, this.#limits);
  }

  async fetch(address: string, options: FetchOptions = {}): Promise<FetchResult> {
    let url = parse(address, undefined, address);
    const redirects: Redirect[] = [];
    const seen = new Set<string>();
    const { maxRedirects = this.#limits.redirects, totalMs = this.#limits.totalMs } = options;
    let msLeft = totalMs;
    for (;;) {
      // A redirect to itself that sets a cookie is a gate, the same one twice with the same cookies a loop.
      const cookies = options.cookies?.getCookieStringSync(url.href) ?? '';
      const step = `${url.href}\n${cookies}`;
      if (seen.has(step))
        throw new FetchError(address, 'too-many-redirects', `a loop of ${redirects.length} redirects`);
      seen.add(step);
      if (!this.#options.allowPrivate && !isPublicHost(url))
        throw new FetchError(address, 'private-address', `${url.host} is in a private network`);
      options.signal?.throwIfAborted();
      const end = await options.enter?.(url, options.signal);
      const start = performance.now();
      let answer: Answer;
      try {
        answer = await this.#request(url, cookies, options, msLeft);
      } catch (error) {
        await end?.({ failed: error instanceof FetchError && error.retry });
        throw error;
      }
      const refusal = statusError(url.href, answer.status, answer.headers, Date.now());
      await end?.({ failed: refusal?.retry ?? false, retryAfterMs: refusal?.retryAfterMs });
      msLeft -= performance.now() - start;
      if (answer.location === undefined)
        return {
          url: url.href,
          status: answer.status,
          headers: answer.headers,
          body: answer.body,
          notModified: answer.status === 304,
          redirects,
        };
      if (redirects.length >= maxRedirects)
        throw new FetchError(address, 'too-many-redirects', `more than ${maxRedirects} redirects`);
      const target = parse(asUtf8(answer.location), url.href, address);
      redirects.push({ from: url.href, to: target.href, status: answer.status });
      url = target;
    }
  }

  async #request(url: URL, cookies: string, options: FetchOptions, msLeft: number): Promise<Answer> {
    const maxBytes = options.maxBytes ?? this.#limits.bodyBytes;
    const time = AbortSignal.timeout(Math.max(1, Math.ceil(msLeft)));
    const signal = options.signal ? AbortSignal.any([options.signal, time]) : time;
    try {
      const response = await request(url, {
        dispatcher: url.protocol === 'https:' ? this.#https : this.#http,
        signal,
        headers: {
          'user-agent': this.#options.userAgent,
          accept: options.accept ?? acceptPages,
          'accept-encoding': 'gzip, br, zstd, deflate',
          ...(options.validators?.etag === undefined ? {} : { 'if-none-match': options.validators.etag }),
          ...(options.validators?.lastModified === undefined
            ? {}
            : { 'if-modified-since': options.validators.lastModified }),
          ...(cookies === '' ? {} : { cookie: cookies }),
          ...options.headers,
        },
      });
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(response.headers))
        if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
      for (const cookie of [response.headers['set-cookie'] ?? []].flat())
        options.cookies?.setCookieSync(cookie, url.href, { ignoreError: true });
      const status = response.statusCode;
      try {
        if (redirectStatuses.has(status) && headers.location !== undefined)
          return { status, headers, location: headers.location, body: new Uint8Array() };
        if (status >= 200 && status < 300 && options.wants?.(headers['content-type']) === false)
          throw new FetchError(url.href, 'not-html', `the answer is ${headers['content-type']}`);
        if (Number(headers['content-length']) > maxBytes)
          throw new FetchError(url.href, 'too-large', `${headers['content-length']} bytes, more than ${maxBytes}`);
        const raw = await readBody(response.body, url.href, maxBytes);
        return { status, headers, body: await decompress(raw, headers['content-encoding'], maxBytes) };
      } finally {
        // Nothing more of it is wanted: closes the connection when the body was left unread, else does nothing.
        response.body.on('error', () => {}).destroy();
      }
    } catch (error) {
      if (error instanceof FetchError) throw error;
      options.signal?.throwIfAborted();
      if (time.aborted)
        throw new FetchError(
          url.href,
          'unreachable',
          `no whole answer within ${options.totalMs ?? this.#limits.totalMs} ms`,
          {
            retry: true,
          },
        );
      if (error instanceof DecompressError)
        throw new FetchError(url.href, error.tooLarge ? 'too-large' : 'unreachable', error.message, {
          retry: !error.tooLarge,
          cause: error,
        });
      throw networkError(url.href, error);
    }
  }

  async close(): Promise<void> {
    await Promise.all(new Set([this.#http, this.#https]).values().map((each) => each.destroy()));
  }
}

/** A client with its own connections: close it when done. */
export const createClient = (options: ClientOptions): Client => new UndiciClient(options);
