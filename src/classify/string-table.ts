/**
 * Many strings in one, found by a hash table of numbers: a Map of 30,000 names costs several megabytes, this one the length of the
 * text and twelve bytes a name.
 */
export class StringTable {
  readonly #text: string;
  /** Where each string begins; one more at the end. */
  readonly #starts: Int32Array;
  /** Number of a string plus one, 0 for none. */
  readonly #slots: Int32Array;

  /** @param separator one character that stands between the strings and in none of them */
  constructor(text: string, separator: string) {
    this.#text = text;
    let count = text === '' ? 0 : 1;
    for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) count++;
    this.#starts = new Int32Array(count + 1);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(count, 1) * 2)));
    let start = 0;
    for (let number = 0; number < count; number++) {
      const found = text.indexOf(separator, start);
      const end = found < 0 ? text.length : found;
      this.#starts[number] = start;
      let slot = hashOf(text, start, end) & (this.#slots.length - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = number + 1;
      start = end + 1;
    }
    this.#starts[count] = text.length + 1;
  }

  get size(): number {
    return this.#starts.length - 1;
  }

  /** The number of a string in the order of the text; −1 when it is not there. */
  indexOf(key: string): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(key, 0, key.length) & mask; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] as number) - 1;
      const start = this.#starts[number] as number;
      if ((this.#starts[number + 1] as number) - 1 - start === key.length && this.#text.startsWith(key, start))
        return number;
    }
    return -1;
  }

  /** The string of a number. */
  at(number: number): string {
    return this.#text.slice(this.#starts[number], (this.#starts[number + 1] as number) - 1);
  }
}

/** FNV-1a over UTF-16 units, its bits mixed once more. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}
