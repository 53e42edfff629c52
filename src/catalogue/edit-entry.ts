import { isMap, parseDocument } from 'yaml';
import { readYaml } from '../text/yaml.ts';
import { CatalogueError, parseSource, readCatalogue } from './catalogue.ts';
import { addSources, lineEnd, rangeOf, sourceList } from './edit-catalogue.ts';

/** Where the text of one entry stands: from its first name to the end of its last line. */
function placeOf(
  text: string,
  id: string,
): { start: number; end: number; column: number; index: number; inBlock: boolean } | undefined {
  const list = sourceList(text);
  const index = list?.items.findIndex((one) => isMap(one) && one.get('id') === id) ?? -1;
  if (!list || index < 0) return undefined;
  const [start, last] = rangeOf(list.items[index]);
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  return {
    start,
    end: lineEnd(text, last),
    column,
    index,
    inBlock: !list.flow && !(list.items[index] as { flow?: boolean }).flow,
  };
}

/** The text of one entry as it was written, comments included, at the margin; undefined where there is none of that id. */
export function entryOf(text: string, id: string): string | undefined {
  const place = placeOf(text, id);
  if (!place) return undefined;
  const { start, end, column, inBlock } = place;
  if (!inBlock) return parseDocument(text).getIn(['sources', place.index])?.toString();
  const margin = new RegExp(`^ {1,${Math.max(column, 1)}}`);
  const [first = '', ...rest] = text.slice(start, end).trimEnd().split('\n');
  return [first, ...rest.map((line) => line.replace(margin, ''))].join('\n').concat('\n');
}

/** What an operator wrote as one entry. @throws CatalogueError with the lines of the entry */
export function parseEntry(entry: string): ReturnType<typeof parseSource> {
  const yaml = readYaml(entry, 'entry');
  if (yaml.mistakes) throw new CatalogueError(yaml.mistakes.join('\n'));
  if (typeof yaml.content !== 'object' || yaml.content === null || Array.isArray(yaml.content))
    throw new CatalogueError("entry:1: one source is expected, as lines 'name: value'");
  return parseSource(yaml.content);
}

/**
 * The text of a catalogue with another text of one entry; every other line stays as it was.
 * @throws CatalogueError when there is no such entry, or when the text is no entry or of another source
 */
export function replaceEntry(text: string, id: string, entry: string, file: string): string {
  const before = readCatalogue(text, file);
  const place = placeOf(text, id);
  if (!place) throw new CatalogueError(`There is no source '${id}' in ${file} any more.`);
  const source = parseEntry(entry);
  if (source.id !== id)
    throw new CatalogueError(
      `id: the id of a source never changes ('${id}'); add '${source.id}' as a source of its own`,
    );
  const edited = place.inBlock ? spliced(text, place, entry) : rewritten(text, place.index, entry);
  const after = readCatalogue(edited, file);
  const expected = before.map((one) => (one.id === id ? source : one));
  // A text that ends its entry and begins another must not slip something in.
  if (JSON.stringify(after) !== JSON.stringify(expected))
    throw new CatalogueError("entry:1: one source is expected, as lines 'name: value' that begin at the margin");
  return edited;
}

function spliced(
  text: string,
  { start, end, column }: { start: number; end: number; column: number },
  entry: string,
): string {
  const [first = '', ...rest] = entry.replaceAll('\r\n', '\n').trim().split('\n');
  const margin = ' '.repeat(column);
  const lines = [first, ...rest.map((line) => (line.trim() === '' ? '' : margin + line))];
  return `${text.slice(0, start)}${lines.join('\n')}\n${text.slice(end)}`;
}

/** In a bracketed list the one entry is written anew; comments elsewhere stay. */
function rewritten(text: string, index: number, entry: string): string {
  const document = parseDocument(text);
  document.setIn(['sources', index], document.createNode(parseDocument(entry).toJS()));
  return document.toString({ lineWidth: 0 });
}

/** The text of a catalogue with one more entry at its end, as it was written. @throws CatalogueError */
export function addEntry(text: string, entry: string, file: string): { readonly text: string; readonly id: string } {
  const source = parseEntry(entry);
  const added = addSources(text, [source], file);
  return { text: replaceEntry(added, source.id, entry, file), id: source.id };
}
