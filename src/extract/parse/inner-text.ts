import { type ChildNode, isTag, isText } from 'domhandler';

/** All text below some nodes, as it is written; at most so many characters, as it is asked of short elements only. */
export function innerText(nodes: readonly ChildNode[], most = 2_000): string {
  let text = '';
  for (const node of nodes) {
    if (text.length > most) break;
    if (isText(node)) text += node.data;
    else if (isTag(node)) text += innerText(node.children, most);
  }
  return text;
}
