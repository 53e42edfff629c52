import { fastify, type InjectOptions } from 'fastify';
import { describe, expect, it } from 'vitest';
import { hashPassword, passwordMatches } from '../../src/store/password.ts';
import { createAccess, type Refusal } from '../../src/web/access.ts';
import { createLoginLimiter } from '../../src/web/login-limiter.ts';

/** Asks whether a request comes from the operator. */
const ask = async (settings: { HOST: string; OPERATOR_PASSWORD?: string }, request: InjectOptions) =>
  (await openAsker(settings))(request);

/** The same access asked several times. */
async function openAsker(settings: { HOST: string; OPERATOR_PASSWORD?: string }) {
  const app = fastify();
  const access = createAccess({ OPERATOR_PASSWORD: undefined, ...settings });
  let refusal: Refusal | undefined;
  app.get('/', async (incoming) => {
    refusal = await access.refusal(incoming);
    return '';
  });
  return async (request: InjectOptions): Promise<Refusal | undefined> => {
    await app.inject({ url: '/', ...request });
    return refusal;
  };
}

const here = { remoteAddress: '127.0.0.1', headers: { host: 'localhost:8080' } };

describe('without a password', () => {
  it('the operator is who sits at the machine', async () => {
    expect(await ask({ HOST: '127.0.0.1' }, here)).toBeUndefined();
    expect(await ask({ HOST: 'localhost' }, { ...here, headers: { host: '[::1]:8080' } })).toBeUndefined();
    expect(await ask({ HOST: '::1' }, { ...here, remoteAddress: '::ffff:127.0.0.1' })).toBeUndefined();
  });

  it('nobody is when the server can be reached from elsewhere, or the request may come from there', async () => {
    for (const [host, request] of [
      ['0.0.0.0', here],
      ['::', here],
      ['192.0.2.7', here],
      ['127.0.0.1', { ...here, remoteAddress: '192.0.2.1' }],
      ['127.0.0.1', { ...here, headers: { host: 'evil.example' } }],
      ['127.0.0.1', { ...here, headers: { host: '127.0.0.1.evil.example' } }],
      ['127.0.0.1', { ...here, headers: { ...here.headers, 'x-forwarded-for': '192.0.2.1' } }],
      ['127.0.0.1', { ...here, headers: { ...here.headers, via: '1.1 proxy' } }],
      // The page of another site asks, in the operator's own browser.
      ['127.0.0.1', { ...here, headers: { ...here.headers, origin: 'https://evil.example' } }],
      ['127.0.0.1', { ...here, headers: { ...here.headers, 'sec-fetch-site': 'cross-site' } }],
    ] as const) {
      const refusal = await ask({ HOST: host }, request);
      expect(refusal?.status, `${host} ${JSON.stringify(request)}`).toBe(403);
      expect(refusal?.message).toContain('OPERATOR_PASSWORD');
    }
  });
});

describe('with a password', () => {
  const settings = { HOST: '0.0.0.0', OPERATOR_PASSWORD: 'påss:wörd' };
  const withCredentials = (text: string) => ({
    headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` },
    remoteAddress: '192.0.2.1',
  });

  it('the operator is who knows it, from anywhere', async () => {
    expect(await ask(settings, withCredentials('operator:påss:wörd'))).toBeUndefined();
  });

  it('nobody else is, not even at the machine', async () => {
    for (const request of [
      here,
      withCredentials('operator:'),
      withCredentials('operator:påss'),
      withCredentials('admin:påss:wörd'),
      withCredentials('påss:wörd'),
      { headers: { authorization: 'Bearer x' } },
    ]) {
      expect((await ask(settings, request))?.status, JSON.stringify(request)).toBe(401);
    }
  });

  it('may be set as its scrypt hash', async () => {
    const hashed = { HOST: '0.0.0.0', OPERATOR_PASSWORD: await hashPassword('påss:wörd') };
    expect(hashed.OPERATOR_PASSWORD).not.toContain('påss');
    expect(await ask(hashed, withCredentials('operator:påss:wörd'))).toBeUndefined();
    expect((await ask(hashed, withCredentials('operator:other')))?.status).toBe(401);
    // The hash itself is no password.
    expect((await ask(hashed, withCredentials(`operator:${hashed.OPERATOR_PASSWORD}`)))?.status).toBe(401);
    expect(await passwordMatches('x', '$scrypt$ln=15,r=8,p=3$broken')).toBe(false);
    expect(await passwordMatches('x', '$scrypt$ln=60,r=8,p=3$c2FsdHNhbHQ$a2V5a2V5a2V5')).toBe(false);
  });

  it('cannot be guessed: after ten wrong tries an address waits, also with the right one', async () => {
    const guess = await openAsker(settings);
    for (let tries = 1; tries <= 10; tries++)
      expect((await guess(withCredentials(`operator:${tries}`)))?.status).toBe(401);
    const refusal = await guess(withCredentials('operator:11'));
    expect(refusal?.status).toBe(429);
    expect(refusal?.retryAfterSeconds).toBeGreaterThan(50);
    expect((await guess(withCredentials('operator:påss:wörd')))?.status).toBe(429);
    // Others are not held back; asking without a password is no try.
    expect(await guess({ ...withCredentials('operator:påss:wörd'), remoteAddress: '192.0.2.2' })).toBeUndefined();
    for (let tries = 1; tries <= 30; tries++) expect((await guess({ remoteAddress: '192.0.2.3' }))?.status).toBe(401);
    expect(await guess({ ...withCredentials('operator:påss:wörd'), remoteAddress: '192.0.2.3' })).toBeUndefined();
  });

  it('is found once however often a page asks with it', async () => {
    const guess = await openAsker(settings);
    const answers = await Promise.all(Array.from({ length: 50 }, () => guess(withCredentials('operator:påss:wörd'))));
    expect(answers.every((answer) => answer === undefined)).toBe(true);
  });
});

describe('the login limiter', () => {
  const minute = 60_000;
  const fail = (limiter: ReturnType<typeof createLoginLimiter>, address: string, now: number, times = 10) => {
    for (let tries = 0; tries < times; tries++) limiter.begin(address, now);
  };

  it('lets an address wait longer each time, an hour at most', () => {
    const limiter = createLoginLimiter();
    const waits: number[] = [];
    for (let round = 0, now = 0; round < 9; round++) {
      fail(limiter, '192.0.2.1', now);
      const wait = limiter.wait('192.0.2.1', now);
      waits.push(wait / minute);
      now += wait;
      expect(limiter.wait('192.0.2.1', now)).toBe(0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('forgives slow mistakes and those before the right password', () => {
    const limiter = createLoginLimiter();
    for (let hour = 0; hour < 20; hour++) fail(limiter, '192.0.2.1', hour * 2 * minute, 9);
    expect(limiter.wait('192.0.2.1', 0)).toBe(0);
    fail(limiter, '192.0.2.2', 0, 9);
    limiter.succeed('192.0.2.2');
    fail(limiter, '192.0.2.2', 0, 9);
    expect(limiter.wait('192.0.2.2', 0)).toBe(0);
  });

  it('takes the addresses of one IPv6 network for one, and both spellings of an IPv4 address', () => {
    const limiter = createLoginLimiter();
    for (let host = 1; host <= 10; host++) limiter.begin(`2001:db8:1:2::${host}`, 0);
    expect(limiter.wait('2001:db8:1:2:ffff::1', 0)).toBe(minute);
    expect(limiter.wait('2001:db8:1:3::1', 0)).toBe(0);
    fail(limiter, '::ffff:192.0.2.9', 0);
    expect(limiter.wait('192.0.2.9', 0)).toBe(minute);
  });
});
