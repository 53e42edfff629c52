/** A file of `data/boilerplate`: what lines say, by language (`any` where it is the same in several). */
export interface PatternFile {
  readonly concept: string;
  readonly source: string;
  /** Plain words, and three signs: `(?:a|b)` for one or the other, `x?` for what may be missing, `[ao]` for one of the letters. */
  readonly patterns: Readonly<Record<string, readonly string[] | undefined>>;
}

/** What matches any of a file's patterns, as the source of a regular expression. */
export const anyOf = ({ patterns }: PatternFile): string =>
  `(?:${Object.values(patterns)
    .flatMap((list) => list ?? [])
    .join('|')})`;

/** What matches a pattern of some languages, or of `any`, in some files, as the source of a regular expression; of nothing where they have none. */
export const inLanguages = (languages: ReadonlySet<string>, files: readonly PatternFile[]): string =>
  `(?:${files.flatMap(({ patterns }) => ['any', ...languages].flatMap((language) => patterns[language] ?? [])).join('|') || '(?!)'})`;
