/**
 * Our reading of the five seed documents: which line (counted from 1) is what. The documents themselves are not in the
 * repository. Blank lines and lines that are only a list mark ('-') are not counted among either.
 */
export interface SeedReading {
  /** The file's name begins with this. */
  readonly file: string;
  /** Of the whole file, so that another version is not read with the wrong line numbers. */
  readonly sha256: string;
  readonly title: number;
  /** The title once more, inside the text. */
  readonly titleAgain?: number;
  /** Paragraphs and sub-headings of the article, as inclusive ranges. */
  readonly article: readonly (readonly [from: number, to: number])[];
  /** Which of these are sub-headings. */
  readonly headings?: readonly number[];
  /** The author's name stands at the start of this line, so many characters long. */
  readonly author?: { readonly line: number; readonly length: number };
  readonly ticker?: readonly [from: number, to: number];
  readonly more?: readonly [from: number, to: number];
  readonly breadcrumbs?: readonly [from: number, to: number];
  readonly read?: readonly number[];
  readonly keep?: { readonly heading: number; readonly links: readonly number[] };
  /** A picture's caption with its source after ' / Source: '. */
  readonly caption?: number;
  readonly bio?: { readonly line: number; readonly place: 'before' | 'after' };
  readonly comments?: readonly number[];
  readonly copyright?: number;
  /** The byline as the last line. */
  readonly signature?: number;
}

export const seedReadings: readonly SeedReading[] = [
  {
    file: '000_',
    sha256: 'c7f6190ab2c2abe2e561c1404f78443c662cc07a46cf78a50909f33e79209e66',
    title: 1,
    titleAgain: 3,
    // Line 5 opens with the title for the third time, as the author's own first words: it stays whole.
    article: [[5, 17]],
    author: { line: 19, length: 5 },
    signature: 19,
  },
  {
    file: '001_',
    sha256: '7f98dd44ce6b5acd1a3a7afbb88a1960d1e9018e8316b9a6ebd06b1a50ddb2ce',
    ticker: [1, 100],
    title: 101,
    article: [[102, 116]],
    headings: [103, 106, 109, 112, 115],
    more: [118, 138],
  },
  {
    file: '002_',
    sha256: '5072911784fa6a141ced69cddb6735fcaca1fe271d98372c2313f3fbd04eae00',
    title: 1,
    // Line 22 looks like a third headline of the block before it and is a sub-heading of the article.
    article: [
      [4, 14],
      [22, 26],
    ],
    headings: [10, 22],
    keep: { heading: 16, links: [18, 20] },
    author: { line: 30, length: 13 },
    bio: { line: 30, place: 'after' },
    comments: [32, 34],
  },
  {
    file: '003_',
    sha256: '1b877e5eedba93b49c8670f3443e5bb87a2ea605755d42985ed74fffd4c4b749',
    title: 1,
    article: [
      [3, 7],
      [11, 15],
      [19, 21],
    ],
    read: [9, 17],
    copyright: 24,
  },
  {
    file: '004_',
    sha256: '0c29014b2f9fb24347a1b487b1801cd89aa3961d63c86e891cb7afe9c721cca6',
    breadcrumbs: [1, 2],
    title: 3,
    author: { line: 4, length: 12 },
    bio: { line: 4, place: 'before' },
    article: [
      [5, 6],
      [8, 58],
    ],
    headings: [16, 27, 40, 49],
    caption: 7,
  },
];
