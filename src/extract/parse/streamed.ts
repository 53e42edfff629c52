import type { Document, Element } from './node.ts';

/** React streams what was not ready: a placeholder `B:0` or `P:0` in the page, and below it a hidden `S:0` that a script puts in its place. */
const placeholder = /^[BP]:(\w+)$/;
const segment = /^S:(\w+)$/;

export const isPlaceholder = (id: string | undefined): boolean => id !== undefined && placeholder.test(id);

export const isSegment = ({ hidden, id }: Readonly<Record<string, string>>): boolean =>
  hidden !== undefined && id !== undefined && segment.test(id);

/** Puts streamed segments where the page's script would, and shows those that have no place. */
export function placeStreamed(document: Document): void {
  const places = new Map<string, Element>();
  const segments: { name: string; element: Element }[] = [];
  const walk = (parent: Document | Element): void => {
    for (const node of parent.children) {
      if (node.type === 'text') continue;
      const id = node.attribs.id ?? '';
      const place = placeholder.exec(id)?.[1];
      const name = segment.exec(id)?.[1];
      if (place !== undefined) places.set(place, node);
      if (name !== undefined && 'hidden' in node.attribs) segments.push({ name, element: node });
      walk(node);
    }
  };
  walk(document);
  for (const { name, element } of segments) {
    const { hidden: _, ...attributes } = element.attribs;
    element.attribs = attributes;
    const place = places.get(name);
    if (!place || isInside(place, element)) continue;
    const siblings = element.parent?.children;
    if (siblings) siblings.splice(siblings.indexOf(element), 1);
    place.name = 'div';
    place.children = element.children;
    for (const child of place.children) child.parent = place;
  }
}

function isInside(inner: Element, outer: Element): boolean {
  for (let node: Element['parent'] = inner; node; node = node.parent) if (node === outer) return true;
  return false;
}
