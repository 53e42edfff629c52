import labels from '../data/date-label.json' with { type: 'json' };

const dense = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;
const anyOf = (lists: Readonly<Record<string, readonly string[]>>): string =>
  [...new Set(Object.values(lists).flat())]
    .sort((a, b) => b.length - a.length)
    .map((word) => (dense.test(word) ? word : `(?<!\\p{L})${word}(?!\\p{L})`))
    .join('|');

const label = new RegExp(`(?<changed>${anyOf(labels.changed)})|(?<published>${anyOf(labels.published)})`, 'giu');

/** The parts of a line that tells dates: what says when it was changed, and the rest. */
export interface DatedParts {
  /** Behind a word for the publication; or, where there is none, what stands before the first word for a change. */
  readonly published: string | undefined;
  readonly changed: string | undefined;
}

/** 'Updated: 17 September | Published: 15 September': each date behind its own label, in whichever order they stand. */
export function datedParts(line: string): DatedParts {
  const found = [...line.slice(0, 300).matchAll(label)];
  const part = (kind: 'published' | 'changed'): string | undefined => {
    for (const [index, match] of found.entries()) {
      if (match.groups?.[kind] === undefined) continue;
      const text = line.slice(match.index + match[0].length, found[index + 1]?.index);
      if (/\p{Nd}/u.test(text)) return text;
    }
    return undefined;
  };
  const changed = part('changed');
  if (changed === undefined) return { published: line, changed };
  const before = line.slice(0, found.find(({ groups }) => groups?.changed !== undefined)?.index);
  return { published: part('published') ?? (/\p{Nd}/u.test(before) ? before : undefined), changed };
}
