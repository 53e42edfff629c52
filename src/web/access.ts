import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Settings } from '../domain/settings.ts';
import { isPasswordHash, passwordMatches } from '../store/password.ts';
import { isLoopback } from './client-address.ts';
import { createLoginLimiter } from './login-limiter.ts';

/** Why someone may not see an operator's page. */
export interface Refusal {
  readonly status: 401 | 403 | 429;
  readonly message: string;
  readonly retryAfterSeconds?: number;
}

export interface Access {
  /** Undefined when the one who asks is the operator. */
  refusal(request: FastifyRequest): Promise<Refusal | undefined>;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The name by which the browser asked is this machine's: a foreign name that leads to 127.0.0.1 (DNS rebinding) is none. */
const isLoopbackName = (hostname: string): boolean =>
  hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''));

const behindProxy = (request: FastifyRequest): boolean =>
  ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => request.headers[name] !== undefined);

/** The operator sits at this machine: nothing says that the request comes from elsewhere, or on behalf of another site's page. */
const isAtThisMachine = (request: FastifyRequest, host: string): boolean =>
  isLoopbackName(host) &&
  isLoopback(request.socket.remoteAddress) &&
  isLoopbackName(hostnameOf(request)) &&
  !behindProxy(request) &&
  comesFromHere(request);

/** A browser says where a request comes from; programs that say nothing hold no operator's session to abuse. */
export function comesFromHere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none' || isNavigation(request);
  const { origin } = request.headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.headers.host);
}

/** Somebody follows a link of another site: that site does not get to see the page. */
const isNavigation = ({ method, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document';

const closed: Refusal = {
  status: 403,
  message:
    'The pages of the operator are closed: without a password they open only at the machine itself, and only while the server listens on loopback (HOST=127.0.0.1). Set OPERATOR_PASSWORD and start again; the user name is operator.',
};
const unknown: Refusal = { status: 401, message: 'Name (operator) and password (OPERATOR_PASSWORD) are needed here.' };

/**
 * Who is the operator: whoever knows the password; without a password whoever sits at this machine. The password comes by Basic
 * authentication (RFC 7617; user `operator`); an account with the role of an operator is one too. Tries are limited by address before they are judged, and judged in constant time.
 */
export function createAccess(
  { HOST, OPERATOR_PASSWORD: password }: Pick<Settings, 'HOST' | 'OPERATOR_PASSWORD'>,
  isOperator: (request: FastifyRequest) => Promise<boolean> = async () => false,
): Access {
  if (password === undefined)
    return {
      refusal: async (request) => (isAtThisMachine(request, HOST) || (await isOperator(request)) ? undefined : closed),
    };

  const limiter = createLoginLimiter();
  const matches = isPasswordHash(password)
    ? (given: string) => passwordMatches(given, password)
    : async (given: string) => timingSafeEqual(digest(given), digest(password));
  /** What was right before need not be hashed again; credentials that are being judged are judged once. */
  const judged = new LRUCache<string, Promise<boolean>>({ max: 100 });

  async function judge(request: FastifyRequest): Promise<Refusal | undefined> {
    if (await isOperator(request)) return undefined;
    const credentials = basicCredentials(request.headers.authorization);
    if (!credentials) return unknown;
    const now = performance.now();
    const wait = limiter.wait(request.ip, now);
    if (wait > 0) return tooMany(wait);
    const key = digest(`${credentials.name}:${credentials.password}`).toString('base64');
    let verdict = judged.get(key);
    if (!verdict) {
      limiter.begin(request.ip, now);
      verdict = matches(credentials.password).then((right) => {
        const known = right && timingSafeEqual(digest(credentials.name), digest('operator'));
        if (known) limiter.succeed(request.ip);
        else judged.delete(key);
        return known;
      });
      judged.set(key, verdict);
    }
    return (await verdict) ? undefined : unknown;
  }
  // A request asks several times: once to be let in, once for what the page shows.
  const answers = new WeakMap<FastifyRequest, Promise<Refusal | undefined>>();
  return {
    refusal(request) {
      const answer = answers.get(request) ?? judge(request);
      answers.set(request, answer);
      return answer;
    },
  };
}

const tooMany = (waitMs: number): Refusal => ({
  status: 429,
  message: 'Too many wrong passwords came from this address. Please wait.',
  retryAfterSeconds: Math.ceil(waitMs / 1000),
});

/** The name and password of a Basic header; undefined when it is none. */
function basicCredentials(header: string | undefined): { name: string; password: string } | undefined {
  const [, encoded] = /^basic +([\w+/=-]{1,4000})\s*$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const [, name, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return name === undefined || password === undefined ? undefined : { name, password };
}

/** The name in the Host header; not that of a proxy's X-Forwarded-Host. */
function hostnameOf(request: FastifyRequest): string {
  const host = `http://${request.headers.host ?? ''}`;
  return URL.canParse(host) ? new URL(host).hostname : '';
}
