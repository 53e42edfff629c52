import { Parser } from 'htmlparser2';

/** Something that is looked for in a page as it streams by. */
export interface PageCollector<T> {
  onopentag(name: string, attributes: Readonly<Record<string, string>>): void;
  ontext(text: string): void;
  onclosetag(name: string): void;
  /** What was found, once the page has ended. */
  end(): T;
}

/** Deeper than any page that readers get to see whole: browsers end at 512. */
const mostDeep = 1000;

class TooDeep extends Error {}

/**
 * Reads a page once for all who look for something in it, without a tree, so that depth and size cost no more than
 * their bytes. Entities are decoded.
 */
export function readPage<T extends readonly unknown[]>(
  html: string,
  ...collectors: { readonly [index in keyof T]: PageCollector<T[index]> }
): T {
  const all: readonly PageCollector<unknown>[] = collectors;
  for (let at = 0; at < html.length; ) at += readPart(html.slice(at), all);
  return all.map((each) => each.end()) as unknown as T;
}

/**
 * The parser looks through all open elements at each tag, so a page that opens ever more would take time that grows with the square of its
 * length. Where too many are open they are closed, and the rest is read as a part of its own.
 * @returns the characters that were read
 */
function readPart(html: string, all: readonly PageCollector<unknown>[]): number {
  const open: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      for (const each of all) each.onopentag(name, attributes);
      if (open.push(name) > mostDeep) throw new TooDeep();
    },
    ontext(text) {
      for (const each of all) each.ontext(text);
    },
    onclosetag(name) {
      open.pop();
      for (const each of all) each.onclosetag(name);
    },
  });
  try {
    parser.end(html);
    return html.length;
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    for (const name of open.reverse()) for (const each of all) each.onclosetag(name);
    return parser.endIndex + 1;
  }
}
