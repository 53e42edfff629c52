import type { Node } from './node.ts';

/** All text below some nodes, as it is written; at most so many characters, as it is asked of short elements only. */
export function innerText(nodes: readonly Node[], most = 2_000): string {
  let text = '';
  for (const node of nodes) {
    if (text.length > most) break;
    if (node.type === 'text') text += node.data;
    else text += innerText(node.children, most);
  }
  return text;
}
