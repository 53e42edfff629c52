import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import type { Received } from './receiver.ts';

/** The keys of a browser that takes messages, and how it opens one: by RFC 8188, 8291 and 8292 alone, with no library of the sender's. */
export function createPushBrowser() {
  const ecdh = createECDH('prime256v1');
  const point = ecdh.generateKeys();
  const auth = randomBytes(16);
  const keys = { p256dh: point.toString('base64url'), auth: auth.toString('base64url') };
  return {
    keys,
    addressAt: (endpoint: string): string => `${endpoint}#${new URLSearchParams(keys)}`,

    /** @throws when it was not closed for this browser */
    open({ headers, bytes }: Received): unknown {
      if (headers['content-encoding'] !== 'aes128gcm') throw new Error(`closed by ${headers['content-encoding']}`);
      const salt = bytes.subarray(0, 16);
      const sender = bytes.subarray(21, 21 + bytes.readUInt8(20));
      const closed = bytes.subarray(21 + sender.length);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), point, sender]);
      const secret = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), auth, info, 32));
      const derive = (name: string, length: number): Buffer =>
        Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${name}\0`, length));
      const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
      decipher.setAuthTag(closed.subarray(-16));
      const record = Buffer.concat([decipher.update(closed.subarray(0, -16)), decipher.final()]);
      const end = record.lastIndexOf(2);
      return JSON.parse(record.subarray(0, end).toString());
    },
  };
}

/** What the sender says of itself, once its signature was checked by the key that browsers know it by. @throws when it is not its own */
export function readVapid({ headers }: Received, publicKey: string): { aud: string; exp: number; sub: string } {
  const [, token = '', key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? '') ?? [];
  if (key !== publicKey) throw new Error(`signed by ${key}`);
  const raw = Buffer.from(publicKey, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: raw.subarray(1, 33).toString('base64url'),
    y: raw.subarray(33).toString('base64url'),
  };
  const [head = '', claims = '', signature = ''] = token.split('.');
  const signer = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', Buffer.from(`${head}.${claims}`), signer, Buffer.from(signature, 'base64url')))
    throw new Error('the signature is not that of the key');
  return JSON.parse(Buffer.from(claims, 'base64url').toString());
}
