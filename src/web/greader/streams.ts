import type { Subscription } from '../../store/subscriptions.ts';

/** A stream of the Google Reader API: what of the account's articles is asked for. */
export type Stream =
  | { readonly kind: 'all' }
  | { readonly kind: 'starred' }
  | { readonly kind: 'read' }
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'feed'; readonly id: string };

export const states = {
  all: 'user/-/state/com.google/reading-list',
  read: 'user/-/state/com.google/read',
  starred: 'user/-/state/com.google/starred',
  keptUnread: 'user/-/state/com.google/kept-unread',
} as const;
export const folderStream = (name: string): string => `user/-/label/${name}`;
export const feedStream = (id: string): string => `feed/${id}`;

/** Reads the name of a stream; clients write the user as `-` or by number. Undefined when it is none that we have. */
export function readStream(name: string): Stream | undefined {
  const plain = name.replace(/^user\/[^/]+\//, 'user/-/');
  if (plain === states.all) return { kind: 'all' };
  if (plain === states.starred) return { kind: 'starred' };
  if (plain === states.read) return { kind: 'read' };
  if (plain.startsWith('user/-/label/')) return { kind: 'folder', name: plain.slice('user/-/label/'.length) };
  const [, id] = /^feed\/(\d{1,18})$/.exec(plain) ?? [];
  return id === undefined ? undefined : { kind: 'feed', id };
}

/** Those of the followed filters that a stream consists of. */
export function followedIn(stream: Stream, followed: readonly Subscription[]): readonly Subscription[] {
  if (stream.kind === 'folder') return followed.filter(({ folder }) => folder === stream.name);
  if (stream.kind === 'feed') return followed.filter(({ id }) => id === stream.id);
  return followed;
}

const prefix = 'tag:google.com,2005:reader/item/';

/** The long name of an item, from the article's number. */
export const itemId = (seq: string): string => prefix + BigInt(seq).toString(16).padStart(16, '0');

/** The article's number of an item in its long form, as 16 hexadecimal digits, or as a decimal number; undefined when it is none. */
export function readItemId(name: string): string | undefined {
  if (name.startsWith(prefix)) return readHex(name.slice(prefix.length));
  // Sixteen digits with nothing in front are hexadecimal: decimal numbers are written without zeros before them.
  if (/^[\da-f]{16}$/i.test(name) && !/^[1-9]\d{15}$/.test(name)) return readHex(name);
  return /^\d{1,18}$/.test(name) ? BigInt(name).toString() : undefined;
}

const readHex = (digits: string): string | undefined => {
  if (!/^[\da-f]{1,16}$/i.test(digits)) return undefined;
  const number = BigInt(`0x${digits}`);
  return number < 2n ** 63n ? number.toString() : undefined;
};
