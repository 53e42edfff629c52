import { Buffer, isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import type { CookieJar } from 'tough-cookie';
import { type Dispatcher, errors, request } from 'undici';
import type { Validators } from '../ports.ts';
import { isPublicHost, publicLookup, refusePrivateName } from './address-guard.ts';
import { decompress } from './decompress.ts';
import { dispatcherFor } from './dispatcher.ts';
import { FetchError, statusError } from './fetch-error.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { networkError } from './network-error.ts';
import { type RawAnswer, requestTolerantly } from './tolerant-request.ts';

export interface ClientOptions {
  readonly userAgent: string;
  /** `http://host:port`, `https://…` or `socks5://…`; the proxy itself may stand in the private network. */
  readonly proxy?: string | undefined;
  /** For https addresses; `proxy` when not given. */
  readonly httpsProxy?: string | undefined;
  /** Allows addresses of the private network. Default false. */
  readonly allowPrivate?: boolean | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** Headers that prove who asks, made anew for each request, redirects included: see bot-identity.ts. */
  readonly sign?: ((url: URL) => Readonly<Record<string, string>>) | undefined;
}

/** Ends a request. `failed`: no usable answer, but there may be one later. `retryAfterMs`: what the host asked for; `status`: where it answered. */
export type EndRequest = (end: {
  readonly failed: boolean;
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
}) => Promise<void>;

export interface FetchOptions {
  /** Makes the request conditional: the answer may be `notModified`. */
  readonly validators?: Validators | undefined;
  /** The `Accept` header. */
  readonly accept?: string | undefined;
  /** Further headers, for sources that need them: asked for each address, redirects included. */
  readonly headersFor?: ((url: URL) => Readonly<Record<string, string>>) | undefined;
  /** Ends the request with `not-html` before the body when it gives false for the answer's `Content-Type`. */
  readonly wants?: ((contentType: string | undefined) => boolean) | undefined;
  /** Instead of the client's own limits. */
  readonly maxBytes?: number | undefined;
  /** What is more than `maxBytes` is left unread, instead of being an error. */
  readonly cut?: boolean | undefined;
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

/** Longer addresses are no page's: servers end at 8,190 bytes of a request line. */
const longestAddress = 8000;

function parse(address: string, base: string | undefined, from: string): URL {
  const url = address.length > longestAddress ? null : URL.parse(address, base);
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

async function readBody(
  body: AsyncIterable<Uint8Array>,
  url: string,
  { maxBytes, cut }: { readonly maxBytes: number; readonly cut: boolean | undefined },
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    chunks.push(chunk);
    if (length <= maxBytes) continue;
    if (!cut) throw new FetchError(url, 'too-large', `more than ${maxBytes} bytes`);
    break;
  }
  return Buffer.concat(chunks, Math.min(length, maxBytes));
}

/** Whether the answer was refused for its form, not for what it says: its headers or its length. */
const breaksHttp = (error: unknown): boolean =>
  error instanceof errors.HTTPParserError ||
  error instanceof errors.ResponseContentLengthMismatchError ||
  // A '100 Continue' that was not asked for.
  (error instanceof errors.SocketError && error.message === 'bad response');

/** Header values as one string a name. */
function joined(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) all[name] = Array.isArray(value) ? value.join(', ') : value;
  return all;
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
      if (!this.#options.allowPrivate && this.#proxyOf(url) !== undefined)
        await refusePrivateName(url.hostname).catch((error: unknown) => {
          throw networkError(address, error);
        });
      options.signal?.throwIfAborted();
      const end = await options.enter?.(url, options.signal);
      const start = performance.now();
      let answer: Answer;
      try {
        answer = await this.#request(url, cookies, options, msLeft);
      } catch (error) {
        // What fails on our side is no reason to leave the site alone.
        await end?.({ failed: error instanceof FetchError && error.retry && !error.ours });
        throw error;
      }
      const refusal = statusError(url.href, answer.status, answer.headers, Date.now());
      await end?.({ failed: refusal?.retry ?? false, retryAfterMs: refusal?.retryAfterMs, status: answer.status });
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
    const time = AbortSignal.timeout(Math.max(1, Math.ceil(msLeft)));
    const signal = options.signal ? AbortSignal.any([options.signal, time]) : time;
    const headers = this.#headers(url, cookies, options);
    try {
      try {
        return await this.#requestStrictly(url, headers, options, signal);
      } catch (error) {
        const proxy = this.#proxyOf(url);
        // Not through a tunnel: what one sends there is encrypted, and rarely broken.
        const isOpen = proxy === undefined || (url.protocol === 'http:' && proxy.protocol === 'http:');
        if (!breaksHttp(error) || !isOpen) throw error;
        return await this.#requestTolerantly(url, headers, { ...options, signal }, proxy);
      }
    } catch (error) {
      if (error instanceof FetchError) throw error;
      options.signal?.throwIfAborted();
      if (!time.aborted) throw networkError(url.href, error, this.#proxyOf(url) !== undefined);
      const totalMs = options.totalMs ?? this.#limits.totalMs;
      throw new FetchError(url.href, 'unreachable', `no whole answer within ${totalMs} ms`, { retry: true });
    }
  }

  #headers(url: URL, cookies: string, { accept = acceptPages, validators = {}, headersFor }: FetchOptions) {
    return {
      'user-agent': this.#options.userAgent,
      accept,
      'accept-encoding': 'gzip, br, zstd, deflate',
      ...(validators.etag === undefined ? {} : { 'if-none-match': validators.etag }),
      ...(validators.lastModified === undefined ? {} : { 'if-modified-since': validators.lastModified }),
      ...(cookies === '' ? {} : { cookie: cookies }),
      ...headersFor?.(url),
      ...this.#options.sign?.(url),
    };
  }

  async #requestStrictly(
    url: URL,
    headers: Readonly<Record<string, string>>,
    options: FetchOptions,
    signal: AbortSignal,
  ): Promise<Answer> {
    const response = await request(url, { dispatcher: this.#dispatcherOf(url), signal, headers });
    try {
      const cookies = [response.headers['set-cookie'] ?? []].flat();
      const answer = this.#judge(url, response.statusCode, joined(response.headers), cookies, options);
      if (answer.location !== undefined) return { ...answer, body: new Uint8Array() };
      const bounds = this.#bounds(options);
      const raw = await readBody(response.body, url.href, bounds);
      return { ...answer, body: await decompress(raw, answer.headers['content-encoding'], bounds) };
    } finally {
      // Nothing more of it is wanted: closes the connection when the body was left unread, else does nothing.
      response.body.on('error', () => {}).destroy();
    }
  }

  async #requestTolerantly(
    url: URL,
    headers: Readonly<Record<string, string>>,
    options: FetchOptions & { readonly signal: AbortSignal },
    proxy: URL | undefined,
  ): Promise<Answer> {
    const bounds = this.#bounds(options);
    const raw: RawAnswer = await requestTolerantly(url, {
      headers,
      lookup: this.#options.allowPrivate ? undefined : publicLookup,
      maxHeaderBytes: this.#limits.headerBytes,
      maxBodyBytes: bounds.maxBytes,
      signal: options.signal,
      proxy,
    });
    const cookies = raw.headers['set-cookie'] === undefined ? [] : [raw.headers['set-cookie']];
    const answer = this.#judge(url, raw.status, raw.headers, cookies, options);
    if (answer.location !== undefined) return { ...answer, body: new Uint8Array() };
    const body = await readBody(Readable.from([raw.body]), url.href, bounds);
    return { ...answer, body: await decompress(body, answer.headers['content-encoding'], bounds) };
  }

  /** Keeps the cookies, and refuses what is not wanted before its body is read. */
  #judge(
    url: URL,
    status: number,
    headers: Readonly<Record<string, string>>,
    setCookies: readonly string[],
    options: FetchOptions,
  ): Omit<Answer, 'body'> {
    for (const cookie of setCookies) options.cookies?.setCookieSync(cookie, url.href, { ignoreError: true });
    if (redirectStatuses.has(status) && headers.location !== undefined)
      return { status, headers, location: headers.location };
    if (status >= 200 && status < 300 && options.wants?.(headers['content-type']) === false)
      throw new FetchError(url.href, 'not-html', `the answer is ${headers['content-type']}`, { status });
    const { maxBytes, cut } = this.#bounds(options);
    if (!cut && Number(headers['content-length']) > maxBytes)
      throw new FetchError(url.href, 'too-large', `${headers['content-length']} bytes, more than ${maxBytes}`);
    return { status, headers };
  }

  #bounds({ maxBytes = this.#limits.bodyBytes, cut }: FetchOptions) {
    return { maxBytes, cut };
  }

  #dispatcherOf({ protocol }: URL): Dispatcher {
    return protocol === 'https:' ? this.#https : this.#http;
  }

  #proxyOf({ protocol }: URL): URL | undefined {
    const { proxy, httpsProxy = proxy } = this.#options;
    return URL.parse((protocol === 'https:' ? httpsProxy : proxy) ?? '') ?? undefined;
  }

  async close(): Promise<void> {
    await Promise.all(new Set([this.#http, this.#https]).values().map((each) => each.destroy()));
  }
}

/** A client with its own connections: close it when done. */
export const createClient = (options: ClientOptions): Client => new UndiciClient(options);
