/** Where a browser takes messages, and with which keys they are closed for it alone (RFC 8291). */
export interface PushSubscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

const base64url = /^[\w-]+$/;
const bytesOf = (text: string): Buffer => (base64url.test(text) ? Buffer.from(text, 'base64url') : Buffer.alloc(0));

/** A point on P-256 that is not packed, and the secret beside it. */
const pointBytes = 65;
const authBytes = 16;

/**
 * Reads `https://push.example/word#p256dh=…&auth=…`: the address of a browser's push service with the keys of the browser as its fragment,
 * which is never sent. Undefined when it is none.
 */
export function readPushAddress(address: string): PushSubscription | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const fragment = new URLSearchParams(url.hash.slice(1));
  const [p256dh = '', auth = ''] = [fragment.get('p256dh') ?? '', fragment.get('auth') ?? ''];
  const point = bytesOf(p256dh);
  const isSound = point.length === pointBytes && point[0] === 4 && bytesOf(auth).length === authBytes;
  if (!isSound || !/^https?:$/.test(url.protocol) || url.username !== '') return undefined;
  url.hash = '';
  return { endpoint: url.href, keys: { p256dh, auth } };
}
