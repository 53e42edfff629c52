/** The document is no feed that can be read; the message says what it is instead and what to do. Retrying does not help. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
  /** What the document is, for programs. */
  readonly found: 'nothing' | 'html' | 'opml' | 'sitemap' | 'json' | 'text' | 'binary' | 'too-large' | 'damaged';

  constructor(found: FeedError['found'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.found = found;
  }
}
