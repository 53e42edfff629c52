import { generateKeyPairSync } from 'node:crypto';
import type { Db } from './db.ts';

/** The wire's own pair of keys for push services (VAPID, RFC 8292), base64url: the point, and the number of the private key. */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The keys of this wire; made when they are first asked for. New ones would cut off every browser that subscribed with the old. */
export async function pushKeys(db: Db): Promise<PushKeys> {
  const known = await read(db);
  if (known) return known;
  const { publicKey, privateKey } = newKeys();
  await db
    .insertInto('push_keys')
    .values({ public_key: publicKey, private_key: privateKey })
    .onConflict((one) => one.column('one').doNothing())
    .execute();
  return (await read(db)) ?? { publicKey, privateKey };
}

const read = (db: Db): Promise<PushKeys | undefined> =>
  db.selectFrom('push_keys').select(['public_key as publicKey', 'private_key as privateKey']).executeTakeFirst();

function newKeys(): PushKeys {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return { publicKey: point.toString('base64url'), privateKey: d };
}
