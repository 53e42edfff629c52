import labels from '../data/date-label.json' with { type: 'json' };

const dense = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;
type Lists = Readonly<Record<string, readonly string[]>>;

/** The labels, the longest first: those that are written without spaces between words, or the others. */
const anyOf = (lists: Lists, isDense: boolean): string =>
  [...new Set(Object.values(lists).flat())]
    .filter((word) => dense.test(word) === isDense)
    .sort((a, b) => b.length - a.length)
    .join('|');

/** What surrounds a word is asked once at each place of a line, not for each word: that took more than twice as long. */
const label = new RegExp(
  `(?<!\\p{L})(?:(?<changed>${anyOf(labels.changed, false)})|(?<published>${anyOf(labels.published, false)}))(?!\\p{L})|` +
    `(?<changedDense>${anyOf(labels.changed, true)})|(?<publishedDense>${anyOf(labels.published, true)})`,
  'giu',
);
const kindOf = ({ groups = {} }: RegExpMatchArray): 'changed' | 'published' =>
  (groups.changed ?? groups.changedDense) === undefined ? 'published' : 'changed';

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
      if (kindOf(match) !== kind) continue;
      const text = line.slice(match.index + match[0].length, found[index + 1]?.index);
      if (/\p{Nd}/u.test(text)) return text;
    }
    return undefined;
  };
  const changed = part('changed');
  if (changed === undefined) return { published: line, changed };
  const before = line.slice(0, found.find((match) => kindOf(match) === 'changed')?.index);
  return { published: part('published') ?? (/\p{Nd}/u.test(before) ? before : undefined), changed };
}
