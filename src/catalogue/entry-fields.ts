import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLSeq } from 'yaml';
import { type EntryField, type EntryFields, entryFields } from '../domain/entry-fields.ts';

/** What counts where an entry says nothing; to write it would say no more. */
const usual: Partial<EntryFields> = { schedule: 'adaptive', take: 'articles', content: 'summary', render: 'http' };
const lists: ReadonlySet<EntryField> = new Set(['feeds', 'sitemaps', 'sections']);

const linesOf = (text: string): string[] => [...new Set(text.split(/\s+/).filter((line) => line !== ''))];
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** The text as YAML; undefined while it is no list of names and values. */
function readEntry(entry: string): Document.Parsed | undefined {
  const document = parseDocument(entry);
  return document.errors.length === 0 && isMap(document.contents) ? document : undefined;
}

function readField(document: Document, field: EntryField): string {
  const value = document.get(field);
  if (isSeq(value)) return value.items.map((item) => textOf(isScalar(item) ? item.value : item)).join('\n');
  return textOf(value) || (usual[field] ?? '');
}

/** What the text of an entry says in these fields; undefined where it cannot be read. */
export function fieldsOfEntry(entry: string): EntryFields | undefined {
  const document = readEntry(entry);
  if (!document) return undefined;
  return Object.fromEntries(entryFields.map((field) => [field, readField(document, field)])) as EntryFields;
}

/**
 * The text of an entry with other values in some fields; lines and comments of all others stay. A text that cannot be read stays as it is:
 * whoever checks it says why.
 */
export function withFields(entry: string, fields: Partial<EntryFields>): string {
  const document = readEntry(entry);
  if (!document) return entry;
  let isChanged = false;
  for (const field of entryFields) {
    const wanted = lists.has(field) ? linesOf(fields[field] ?? '').join('\n') : fields[field]?.trim();
    if (fields[field] === undefined || wanted === undefined || wanted === readField(document, field)) continue;
    writeField(document, field, wanted);
    isChanged = true;
  }
  if (!isChanged) return entry;
  return document.toString({
    lineWidth: 0,
    flowCollectionPadding: /[[{] /.test(entry),
    indentSeq: !/^- /m.test(entry),
    singleQuote: !entry.includes('"'),
  });
}

function writeField(document: Document, field: EntryField, wanted: string): void {
  if (wanted === '' || wanted === usual[field]) document.delete(field);
  else if (lists.has(field)) writeList(document, field, wanted.split('\n'));
  // A number only where it is one: what else was meant is refused by name.
  else document.set(field, field === 'rate' && Number.isFinite(Number(wanted)) ? Number(wanted) : wanted);
}

/** Items that stay keep their comments. */
function writeList(document: Document, field: EntryField, wanted: readonly string[]): void {
  const list = document.get(field);
  if (!isSeq(list)) {
    document.set(field, document.createNode(wanted));
    return;
  }
  const known = new Map(list.items.map((item) => [textOf(isScalar(item) ? item.value : item), item]));
  (list as YAMLSeq).items = wanted.map((value) => known.get(value) ?? document.createNode(value));
}
