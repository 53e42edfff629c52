import { load } from 'cheerio/slim';
import type { Document, Element, Parent } from './node.ts';

/** Selectors of one list that are looked at. */
const mostSelectors = 100;

/** Elements that the operator's CSS selectors name. */
export function selected(document: Document, selectors: readonly string[] | undefined): ReadonlySet<Element> {
  const found = new Set<Element>();
  if (!selectors || selectors.length === 0) return found;
  linkSiblings(document);
  const $ = load(document as unknown as Parameters<typeof load>[0] & object);
  for (const selector of selectors.slice(0, mostSelectors)) {
    try {
      for (const element of $(selector).toArray()) found.add(element as unknown as Element);
    } catch {
      // Not a selector: the catalogue's check tells the operator; here it names nothing.
    }
  }
  return found;
}

/** The only reader of siblings is what matches selectors: `h1 + p`. */
function linkSiblings(parent: Parent): void {
  const { children } = parent;
  for (const [index, node] of children.entries()) {
    Object.assign(node, { prev: children[index - 1] ?? null, next: children[index + 1] ?? null });
    if (node.type === 'tag') linkSiblings(node);
  }
}
