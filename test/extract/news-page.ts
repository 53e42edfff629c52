import { paragraphs } from './press.ts';

/** A bare news page in which a test sets what it is about: structured data, tags of the head, what stands above and below the text. */
export function newsPage({
  lang = 'en',
  title = 'Brenkoval reopens its fish market',
  heading = `<h1>${title}</h1>`,
  head = '',
  things = [],
  top = '',
  bottom = '',
  text = paragraphs,
}: {
  lang?: string;
  title?: string;
  heading?: string;
  head?: string;
  things?: readonly object[];
  top?: string;
  bottom?: string;
  text?: readonly string[];
} = {}): string {
  const data = things.map((thing) => `<script type="application/ld+json">${JSON.stringify(thing)}</script>`).join('');
  return `<!doctype html><html lang="${lang}"><head><title>${title} - Brenkoval Courier</title>
<meta property="og:site_name" content="Brenkoval Courier">${head}${data}</head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article>${heading}${top}${text.map((line) => `<p>${line}</p>`).join('')}</article>${bottom}
<footer>Brenkoval Courier</footer></body></html>`;
}
