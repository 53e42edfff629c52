/** What windows-1252 makes of the bytes 0x80 to 0x9f; those without a meaning stay as they are, as Latin-1 has them. */
const windows = new Map(
  Array.from('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ', (character, index) => [
    character.charCodeAt(0),
    0x80 + index,
  ]),
);
const follows = `[\\u0080-\\u00bf${[...windows.keys()].map((code) => String.fromCharCode(code)).join('')}]`;
/** The bytes of one character of UTF-8, each read as a character: 'Ã¤' for 'ä', 'â€œ' for '“'. */
const sequence = `[\\u00c2-\\u00df]${follows}|[\\u00e0-\\u00ef]${follows}{2}|[\\u00f0-\\u00f4]${follows}{3}`;
const all = new RegExp(sequence, 'g');

/** So many of them, and so large a share of all that is not ASCII, stand in no text by chance: 'Spaß“' does. */
const fewest = 3;
const leastShare = 0.6;

/**
 * Text that was written in UTF-8, read as Latin-1 or windows-1252 and written once more, as some content systems store what they import:
 * turned back. Any other text comes back as it is. Of 917 old news pages 26 hold such text, three of them all of it.
 */
export function mendTwiceEncoded(text: string): string {
  if (!isSuspect(text)) return text;
  const found = text.match(all) ?? [];
  if (found.length < fewest) return text;
  const length = found.reduce((sum, { length }) => sum + length, 0);
  const foreign = text.match(/[^\0-\x7f]/g)?.length ?? 0;
  return length < foreign * leastShare ? text : text.replace(all, decoded);
}

/** Looked at is a part of every stretch of so many characters: a text has many such sequences, and a page ten times the letters of its text. */
const stretch = { length: 4096, seen: 512 } as const;
const hint = new RegExp(`[\\u00c2-\\u00f4]${follows}`);

function isSuspect(text: string): boolean {
  for (let at = 0; at < text.length; at += stretch.length)
    if (hint.test(text.slice(at, at + stretch.seen))) return true;
  return false;
}

/** The character of a sequence; the sequence where its bytes are none. */
function decoded(written: string): string {
  const [first = 0, ...rest] = Array.from(written, (character) => byteOf(character.charCodeAt(0)));
  const code = rest.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), first & (0x7f >> (rest.length + 1)));
  const least = [0, 0x80, 0x800, 0x10000][rest.length] ?? 0;
  const isSurrogate = code >= 0xd800 && code < 0xe000;
  return code < least || code > 0x10ffff || isSurrogate ? written : String.fromCodePoint(code);
}

const byteOf = (code: number): number => windows.get(code) ?? code;
