import type { ArticleJson, LabelJson } from './schema.ts';

const ids = (labels: readonly LabelJson[]): string => labels.map(({ id }) => id).join(' ');

/** The columns of a table of articles; lists stand in one cell, parted by blanks. */
const columns: Readonly<Record<string, (article: ArticleJson) => string | null>> = {
  id: ({ id }) => id,
  story: ({ story }) => story,
  url: ({ url }) => url,
  source: ({ source }) => source.id,
  title: ({ title }) => title,
  byline: ({ byline }) => byline.join('; '),
  lang: ({ lang }) => lang,
  published: ({ published }) => published,
  firstSeen: ({ firstSeen }) => firstSeen,
  updated: ({ updated }) => updated,
  countries: ({ countries }) => ids(countries),
  regions: ({ regions }) => ids(regions),
  topics: ({ topics }) => ids(topics),
  summary: ({ summary }) => summary,
  alsoAt: ({ alsoAt }) => alsoAt.map(({ source }) => source.id).join(' '),
};

/** A table as RFC 4180 has it. A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvOf(articles: readonly ArticleJson[], fields?: readonly string[]): string {
  const chosen = Object.entries(columns).filter(([name]) => fields === undefined || fields.includes(name));
  const cell = (value: string | null): string => {
    const text = (value ?? '').replace(/^[=+\-@\t\r]/, "'$&");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = articles.map((article) => chosen.map(([, column]) => cell(column(article))));
  return [chosen.map(([name]) => name), ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** An article a line. */
export const jsonLinesOf = (articles: readonly Partial<ArticleJson>[]): string =>
  articles.map((article) => `${JSON.stringify(article)}\n`).join('');
