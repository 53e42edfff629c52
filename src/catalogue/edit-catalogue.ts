import { isMap, isSeq, parseDocument, stringify, type YAMLSeq } from 'yaml';
import type { Source } from '../domain/source.ts';
import { readCatalogue, withoutDefaults } from './catalogue.ts';

const head = `# The catalogue: what Courant crawls. sources.schema.json describes every setting.
# yaml-language-server: $schema=./sources.schema.json
sources:
`;

/**
 * The text of a catalogue with more sources at its end. All else stays as it was written, comments included.
 * @throws CatalogueError when the old text, or the new one, is no catalogue
 */
export function addSources(text: string, sources: readonly Source[], file: string): string {
  readCatalogue(text, file);
  if (sources.length === 0) return text;
  const list = sourceList(text);
  const entries = sources.map(withoutDefaults);
  const last = list?.items.at(-1);
  let edited: string;
  if (list && last && !list.flow) {
    const end = lineEnd(text, rangeOf(last)[1]);
    edited = join(text.slice(0, end), blockItems(entries, indentOf(text, rangeOf(last)[0])), text.slice(end));
  } else if (list) {
    // An empty or bracketed list is written anew; comments above and below it stay.
    const document = parseDocument(text);
    const sequence = document.get('sources') as YAMLSeq;
    sequence.flow = false;
    for (const entry of entries) sequence.add(document.createNode(entry));
    edited = document.toString({ lineWidth: 0 });
  } else {
    // A file that was just begun: empty, comments only, or `sources:` with nothing below it.
    const begun = text.trim() === '' ? head : /^sources:/m.test(text) ? text : join(text, 'sources:\n', '');
    edited = join(begun, blockItems(entries, '  '), '');
  }
  readCatalogue(edited, file);
  return edited;
}

/** The text of a catalogue without a source; undefined when it has none of that id. @throws CatalogueError */
export function removeSource(text: string, id: string, file: string): string | undefined {
  readCatalogue(text, file);
  const list = sourceList(text);
  const item = list?.items.find((one) => isMap(one) && one.get('id') === id);
  if (!list || !item) return undefined;
  if (list.flow || list.items.length === 1) {
    const document = parseDocument(text);
    document.deleteIn(['sources', list.items.indexOf(item)]);
    return document.toString({ lineWidth: 0 });
  }
  const [start, end] = rangeOf(item);
  return text.slice(0, text.lastIndexOf('\n', start - 1) + 1) + text.slice(lineEnd(text, end));
}

/** The list of sources in the text of a catalogue. */
export function sourceList(text: string): YAMLSeq | undefined {
  const list = parseDocument(text).get('sources');
  return isSeq(list) ? list : undefined;
}

/** Where a node's value starts and ends. */
export function rangeOf(node: unknown): readonly [start: number, end: number] {
  const range = (node as { range?: readonly [number, number, number] | null }).range;
  if (!range) throw new TypeError('a parsed node has a range');
  return [range[0], range[1]];
}

/** Where the line that holds the character before `offset` ends, its line break included. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', Math.max(offset - 1, 0));
  return at < 0 ? text.length : at + 1;
}

/** The white space before the `-` of the item whose value starts at `offset`. */
const indentOf = (text: string, offset: number): string =>
  /^\s*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';

const blockItems = (entries: readonly object[], indent: string): string =>
  stringify(entries, { lineWidth: 0 }).trimEnd().replace(/^/gm, indent).concat('\n');

const join = (before: string, middle: string, after: string): string =>
  (before === '' || before.endsWith('\n') ? before : `${before}\n`) + middle + after;
