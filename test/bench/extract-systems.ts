/** What a system says of a page; the text has a line for each block. */
export interface Answer {
  readonly text: string;
  readonly title?: string | undefined;
  readonly authors?: readonly string[];
  readonly published?: string | undefined;
  readonly lang?: string | undefined;
  readonly image?: string | undefined;
  /** Whether it takes the page for an article; systems that do not say leave it out. */
  readonly article?: boolean;
}

export type System = (html: string, url: string) => Answer | Promise<Answer>;

const blockEdges =
  /<\/?(?:p|div|h\d|li|ul|ol|blockquote|figure|figcaption|section|article|table|tr|td|th|br|pre|hr|header|footer|aside)\b[^>]*>/gi;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** HTML of a system as text, a line for each block. */
const textOf = (html: string): string =>
  html
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(blockEdges, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, decimal, hex, name) =>
      decimal
        ? String.fromCodePoint(Number(decimal))
        : hex
          ? String.fromCodePoint(Number.parseInt(hex, 16))
          : (entities[name] ?? all),
    )
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n[\s]*/g, '\n')
    .trim();

/** Each loads what it needs and nothing else, so that memory and time are its own. */
export const systems: Readonly<Record<string, () => Promise<System>>> = {
  courant: async () => {
    const { extractArticle } = await import('../../src/extract/extract.ts');
    return (html, url) => {
      const { article, local, verdict } = extractArticle({ url, html });
      return {
        text: article.text,
        title: article.title,
        authors: article.byline,
        published: local.published,
        lang: article.lang,
        image: article.image?.url,
        article: verdict.kind === 'article',
      };
    };
  },
  readability: async () => {
    const { Readability } = await import('@mozilla/readability');
    const { parseHTML } = await import('linkedom');
    return (html) => {
      const { document } = parseHTML(html);
      const found = new Readability(document).parse();
      return {
        text: textOf(found?.content ?? ''),
        title: found?.title ?? undefined,
        authors: found?.byline ? [found.byline] : [],
        published: found?.publishedTime ?? undefined,
        lang: found?.lang ?? undefined,
      };
    };
  },
  defuddle: async () => {
    const { Defuddle } = await import('defuddle/node');
    const { parseHTML } = await import('linkedom');
    return async (html, url) => {
      const found = await Defuddle(parseHTML(html).document as unknown as Parameters<typeof Defuddle>[0], url);
      return {
        text: textOf(found.content),
        title: found.title,
        authors: found.author ? [found.author] : [],
        published: found.published,
        lang: found.language,
        image: found.image,
      };
    };
  },
  'article-extractor': async () => {
    const { extractFromHtml } = await import('@extractus/article-extractor');
    return async (html, url) => {
      const found = await extractFromHtml(html, url);
      return {
        text: textOf(found?.content ?? ''),
        title: found?.title,
        authors: found?.author ? [found.author] : [],
        published: found?.published,
        image: found?.image,
      };
    };
  },
};
