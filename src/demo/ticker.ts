import { wireHeadlines } from './headlines.ts';
import { html, type Markup } from './html.ts';
import { clockTime, offsetTime } from './templates/dates.ts';
import type { ExpectedHeadline } from './truth.ts';

/** A site of which a wire can have the headlines alone: one page lists them, and what they lead to is for subscribers. */
export const ticker = {
  /** Also its host name: `<id>.example`. */
  id: 'tisa-ticker',
  name: 'Tisa Ticker',
  tagline: 'One line at a time',
  lang: 'en',
  country: 'RS',
  timeZone: 'Europe/Belgrade',
  /** Path prefix that robots.txt closes. */
  disallow: '/line/',
} as const;

interface Line {
  readonly slug: string;
  readonly title: string;
  readonly hoursAgo: number;
  /** The event that outlets of the press tell at length. */
  readonly event?: string;
  /** The line of which this is another wording. */
  readonly versionOf?: string;
}

const lines: readonly Line[] = [
  {
    slug: 'vis',
    title: 'Ferry with 84 passengers aground off Vis in fog, nobody hurt',
    hoursAgo: 5,
    event: 'ferry-vis',
  },
  {
    slug: 'chart-2',
    title: 'Danube pilots on both banks agree at last on one depth chart',
    hoursAgo: 24,
    versionOf: 'chart',
  },
  { slug: 'chart', title: 'Danube pilots on both banks agree on one depth chart', hoursAgo: 25 },
  ...wireHeadlines.slice(1, 5).map((title, index) => ({ slug: `abroad-${index}`, title, hoursAgo: 26 + index })),
];

const pathOf = ({ slug }: Line): string => `${ticker.disallow}2026/${slug}-a-line-for-subscribers.html`;
const timeOf = ({ hoursAgo }: Line, opened: Date): Date =>
  new Date(Math.floor(opened.getTime() / 60_000 - hoursAgo * 60) * 60_000);

/** What must come out of it. */
export const tickerTruth = (origin: string, opened: Date): ExpectedHeadline[] =>
  lines.map((line) => {
    const first = lines.find(({ slug }) => slug === line.versionOf);
    return {
      outlet: ticker.id,
      url: origin + pathOf(line),
      title: line.title,
      published: timeOf(line, opened).toISOString(),
      event: line.event,
      versionOf: first && origin + pathOf(first),
    };
  });

/** Its one open page. */
export const tickerPage = (origin: string, opened: Date): Markup => html`<!doctype html>
<html lang="${ticker.lang}"><head><meta charset="utf-8"><title>${ticker.name}</title></head><body>
<h1>${ticker.name}</h1>
<p>${ticker.tagline}. What stands behind a line is for subscribers.</p>
<ol>
${lines.map((line) => {
  const at = timeOf(line, opened);
  return html`<li><time datetime="${offsetTime(at, ticker.timeZone)}">${clockTime(at, ticker.timeZone)}</time> <a href="${origin}${pathOf(line)}">${line.title}</a></li>\n`;
})}</ol></body></html>`;
