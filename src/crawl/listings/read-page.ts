import { Parser } from 'htmlparser2';

/** Something that is looked for in a page as it streams by. */
export interface PageCollector<T> {
  onopentag(name: string, attributes: Readonly<Record<string, string>>): void;
  ontext(text: string): void;
  onclosetag(name: string): void;
  /** What was found, once the page has ended. */
  end(): T;
}

/**
 * Reads a page once for all who look for something in it, without a tree, so that depth and size cost no more than
 * their bytes. Entities are decoded.
 */
export function readPage<T extends readonly unknown[]>(
  html: string,
  ...collectors: { readonly [index in keyof T]: PageCollector<T[index]> }
): T {
  const all: readonly PageCollector<unknown>[] = collectors;
  const parser = new Parser({
    onopentag(name, attributes) {
      for (const each of all) each.onopentag(name, attributes);
    },
    ontext(text) {
      for (const each of all) each.ontext(text);
    },
    onclosetag(name) {
      for (const each of all) each.onclosetag(name);
    },
  });
  parser.end(html);
  return all.map((each) => each.end()) as unknown as T;
}
