import { fastify, type InjectOptions } from 'fastify';
import { describe, expect, it } from 'vitest';
import { openAccess, type Refusal } from '../../src/web/access.ts';

/** Asks whether a request comes from the operator. */
async function ask(
  settings: { HOST: string; OPERATOR_PASSWORD?: string },
  request: InjectOptions,
): Promise<Refusal | undefined> {
  const app = fastify();
  const access = await openAccess(app, { OPERATOR_PASSWORD: undefined, ...settings });
  let refusal: Refusal | undefined;
  app.get('/', async (incoming, reply) => {
    refusal = await access.refusal(incoming, reply);
    return '';
  });
  await app.inject({ url: '/', ...request });
  await app.close();
  return refusal;
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
});
