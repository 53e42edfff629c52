/**
 * Names that are looked for at a place of a page, in any case of letters. A name that is known is not cut out of the page: all places that
 * carry it share one string, which is quick to look up and to compare.
 */
export class KnownNames {
  /** The names by length and first letter. */
  readonly #buckets: (string[] | undefined)[] = [];

  constructor(names: Iterable<string>) {
    for (const name of names) {
      const bucket = bucketOf(name.length, name.charCodeAt(0));
      this.#buckets[bucket] = [...(this.#buckets[bucket] ?? []), name];
    }
  }

  /** The known name that stands from `start` to `end`. */
  at(html: string, start: number, end: number): string | undefined {
    const bucket = this.#buckets[bucketOf(end - start, html.charCodeAt(start))];
    if (bucket) for (const name of bucket) if (name.length === end - start && isNamed(html, start, name)) return name;
    return undefined;
  }
}

/** Names of this length and more share their buckets. */
const longest = 24;

const bucketOf = (length: number, first: number): number => Math.min(length, longest) * 32 + (first & 31);

/** Does a name in lower case stand here, whatever the case of its letters? */
export function isNamed(html: string, at: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) if ((html.charCodeAt(at + i) | 0x20) !== name.charCodeAt(i)) return false;
  return true;
}
