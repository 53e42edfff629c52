import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createBotIdentity } from '../../../src/crawl/fetch/bot-identity.ts';
import { createClient } from '../../../src/crawl/fetch/client.ts';
import { signatureBase, signatureParameters, signingKey, signText } from '../../../src/crawl/fetch/http-signature.ts';

/** The key 'test-key-ed25519' of RFC 9421, B.1.4: public, for tests. */
const rfcKey = [
  '-----BEGIN PRIVATE KEY-----',
  'MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF',
  '-----END PRIVATE KEY-----',
].join('\n');

interface Message {
  readonly method: string;
  readonly authority: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A verifier of its own, from RFC 9421: takes the parts that `Signature-Input` names out of the message and checks the signature. */
function verifies(
  { method, authority, headers }: Message,
  keys: Readonly<Record<string, KeyObject>>,
  at: number,
): boolean {
  const [, label = '', parameters = '', covered = ''] =
    /^([a-z0-9]+)=((\([^)]*\)).*)$/.exec(headers['signature-input'] ?? '') ?? [];
  const value = (name: string): string | undefined =>
    new RegExp(`;${name}=("?)([^";]*)\\1(?:;|$)`).exec(parameters)?.[2];
  const lines = covered
    .slice(1, -1)
    .split(' ')
    .map((identifier) => {
      const [, name = '', key] = /^"([^"]+)"(?:;key="([^"]+)")?(?:;req)?$/.exec(identifier) ?? [];
      if (name === '@authority') return `${identifier}: ${authority}`;
      if (name === '@method') return `${identifier}: ${method}`;
      const field = headers[name] ?? '';
      return `${identifier}: ${key ? new RegExp(`(?:^|, ?)${key}=("[^"]*")`).exec(field)?.[1] : field}`;
    });
  const key = keys[value('keyid') ?? ''];
  const signature = new RegExp(`${label}=:([^:]+):`).exec(headers.signature ?? '')?.[1] ?? '';
  if (!key || Number(value('created')) > at || Number(value('expires')) < at) return false;
  const base = [...lines, `"@signature-params": ${parameters}`].join('\n');
  return verify(null, Buffer.from(base), key, Buffer.from(signature, 'base64'));
}

describe('signatures of HTTP messages', () => {
  it('are those of RFC 9421, B.2.6', () => {
    const components = [
      ['"date"', 'Tue, 20 Apr 2021 02:07:55 GMT'],
      ['"@method"', 'POST'],
      ['"@path"', '/foo'],
      ['"@authority"', 'example.com'],
      ['"content-type"', 'application/json'],
      ['"content-length"', '18'],
    ] as const;
    const parameters = signatureParameters(components, { created: 1618884473, keyid: 'test-key-ed25519' });
    expect(parameters).toBe(
      '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    );
    expect(signText(signatureBase(components, parameters), createPrivateKey(rfcKey))).toBe(
      'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
    );
  });

  it('name the key by its thumbprint, as the drafts of Web Bot Auth do for the same key', () => {
    expect(signingKey(rfcKey).jwk.kid).toBe('poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U');
  });

  it('need a private Ed25519 key', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(() => signingKey(String(privateKey.export({ type: 'pkcs8', format: 'pem' })))).toThrow(/Ed25519/);
    expect(() => signingKey(String(publicKey.export({ type: 'spki', format: 'pem' })))).toThrow();
    expect(() => signingKey('no key')).toThrow();
  });
});

describe('the identity of the crawler', () => {
  const now = 1_790_000_000_000;
  const { jwk, privateKey } = signingKey(rfcKey);
  const identity = createBotIdentity({ jwk, privateKey }, 'https://wire.example', () => now);
  const published = JSON.parse(identity.directory().body) as {
    keys: { kid: string; x: string; kty: string; crv: string }[];
  };
  const keys = Object.fromEntries(
    published.keys.map(({ kid, kty, crv, x }) => [kid, createPublicKey({ key: { kty, crv, x }, format: 'jwk' })]),
  );
  const signed = (authority: string, headers: Record<string, string>): Message => ({
    method: 'GET',
    authority,
    headers,
  });

  it('is proved by the keys of its directory, which holds no private one', () => {
    const headers = { ...identity.sign(new URL('https://paper.example:8443/a?b=1')) };
    expect(headers['signature-agent']).toBe('sig1="https://wire.example"');
    expect(headers['signature-input']).toContain(';tag="web-bot-auth"');
    expect(verifies(signed('paper.example:8443', headers), keys, now / 1000)).toBe(true);
    expect(Object.keys(published.keys[0] ?? {}).sort()).toEqual(['crv', 'kid', 'kty', 'use', 'x']);
  });

  it('holds for one host and a minute, and for nobody else', () => {
    const headers = { ...identity.sign(new URL('https://paper.example/')) };
    expect(verifies(signed('other.example', headers), keys, now / 1000)).toBe(false);
    expect(verifies(signed('paper.example', headers), keys, now / 1000 + 61)).toBe(false);
    const claimed = { ...headers, 'signature-agent': 'sig1="https://else.example"' };
    expect(verifies(signed('paper.example', claimed), keys, now / 1000)).toBe(false);
    expect(identity.sign(new URL('https://paper.example/'))['signature-input']).not.toBe(headers['signature-input']);
  });

  it('signs the directory, for the host that serves it', () => {
    const { headers } = identity.directory();
    expect(headers['content-type']).toBe('application/http-message-signatures-directory+json');
    expect(headers['signature-input']).toContain('tag="http-message-signatures-directory"');
    expect(verifies(signed('wire.example', { ...headers }), keys, now / 1000)).toBe(true);
    expect(verifies(signed('thief.example', { ...headers }), keys, now / 1000)).toBe(false);
  });

  const seen: Message[] = [];
  const server = createServer((request, response) => {
    seen.push({
      method: request.method ?? '',
      authority: request.headers.host ?? '',
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    });
    if (request.url === '/old') response.writeHead(302, { location: `http://localhost:${port()}/new` }).end();
    else response.end('<p>page</p>');
  });
  const port = (): number => (server.address() as AddressInfo).port;
  afterAll(() => server.close());

  it('signs every request anew, after a redirect for the new host', async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const own = createBotIdentity({ jwk, privateKey }, 'https://wire.example');
    const client = createClient({ userAgent: 'TestBot', allowPrivate: true, sign: own.sign });
    await client.fetch(`http://127.0.0.1:${port()}/old`);
    await client.close();
    expect(seen.map(({ authority }) => authority)).toEqual([`127.0.0.1:${port()}`, `localhost:${port()}`]);
    for (const message of seen) expect(verifies(message, keys, Date.now() / 1000)).toBe(true);
  });
});
