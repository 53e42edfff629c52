import { generateKeyPairSync } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readIdentity } from '../../src/app/bot-identity.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openTestWire } from './wire.ts';

const PUBLIC_URL = 'https://wire.example/news';
const directory = '/.well-known/http-message-signatures-directory';
let folder = '';
let key = '';
beforeAll(async () => {
  folder = temporaryFolder('key');
  key = path.join(folder, 'key.pem');
  await writeFile(key, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
});
afterAll(() => rm(folder, { recursive: true }));

it('the key directory holds the public half of BOT_KEY, and is not there without it', async () => {
  const identity = await readIdentity({ BOT_KEY: key, PUBLIC_URL });
  await using wire = await openTestWire({}, { keyDirectory: identity?.directory });
  const answer = await fetch(`${wire.url}${directory}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/http-message-signatures-directory+json');
  expect(answer.headers.get('signature-input')).toContain('"@authority";req');
  const { keys } = (await answer.json()) as { keys: { kid: string }[] };
  const signed = identity?.sign(new URL('https://paper.example/'));
  expect(signed?.['signature-agent']).toBe('sig1="https://wire.example"');
  expect(signed?.['signature-input']).toContain(`keyid="${keys[0]?.kid}"`);
  await using bare = await openTestWire();
  expect((await fetch(`${bare.url}${directory}`)).status).toBe(404);
});

it('a key that cannot be used is refused with what to do', async () => {
  expect(await readIdentity({ BOT_KEY: undefined, PUBLIC_URL })).toBeUndefined();
  await expect(readIdentity({ BOT_KEY: key, PUBLIC_URL: undefined })).rejects.toThrow(/PUBLIC_URL with https/);
  await expect(readIdentity({ BOT_KEY: key, PUBLIC_URL: 'http://wire.example' })).rejects.toThrow(/https/);
  await expect(readIdentity({ BOT_KEY: path.join(folder, 'none'), PUBLIC_URL })).rejects.toThrow(/ENOENT.*openssl/);
  const text = path.join(folder, 'text.pem');
  await writeFile(text, 'no key');
  await expect(readIdentity({ BOT_KEY: text, PUBLIC_URL })).rejects.toThrow(/cannot be used.*openssl/);
});
