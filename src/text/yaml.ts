import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

/** A YAML file as it was read: its content with the lines in which it stands, or what is wrong with it. */
export type YamlText =
  | { readonly content: unknown; readonly mistakes?: undefined; lineOf(path: readonly PropertyKey[]): number }
  /** Each as `file:line: what is wrong`. */
  | { readonly mistakes: readonly string[] };

/**
 * Reads YAML for a schema to check.
 * @param file its name, for messages
 */
export function readYaml(text: string, file: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0)
    return {
      mistakes: document.errors.map((error) => `${file}:${lines.linePos(error.pos[0]).line}: ${error.message}`),
    };
  try {
    const content: unknown = document.toJS() ?? {};
    return { content, lineOf: (path) => lines.linePos(offsetOf(document, path)).line };
  } catch (error) {
    // An alias without its anchor, or so many of them that they are an attack.
    return { mistakes: [`${file}:1: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

/** Where the node of a path starts in the text; of its nearest ancestor where it is missing. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
      if (!pair) break;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      const start = (node as { range?: [number, number, number] } | undefined)?.range?.[0];
      if (start !== undefined) offset = start;
    } else break;
  }
  return offset;
}
