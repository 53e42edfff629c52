import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printEdition } from '../../src/demo/edition.ts';
import { outlets } from '../../src/demo/outlets.ts';
import { extractArticle } from '../../src/extract/extract.ts';
import { macroF1, overlap } from '../bench/extract-scores.ts';

/**
 * The quality floor: the score of each set of pages of our own, pinned. A score that falls fails the test. To pin new scores, lower ones
 * too, say so: `FLOOR=set npx vitest run test/extract/floor.test.ts`, and give the reason in the commit.
 */
const file = new URL('floor.json', import.meta.url);
const opened = new Date('2026-03-02T09:00:00Z');

/** A page without the names that its template gives to elements, and without structured data. */
const bare = (html: string): string =>
  html
    .replace(/<script type="application\/ld\+json">[\s\S]*?<\/script>/g, '')
    .replace(/ (?:class|id|itemprop|itemtype|role)=(?:"[^"]*"|'[^']*'|[^\s>]+)/g, '');
/** The same as it was written in 2005: tables, bold headings, line breaks for paragraphs. */
const old = (html: string): string =>
  bare(html)
    .replace(/<p\b[^>]*>/g, '')
    .replace(/<\/p>/g, '<br><br>')
    .replace(/<h[1-6]\b[^>]*>/g, '<font size="4"><b>')
    .replace(/<\/h[1-6]>/g, '</b></font><br>')
    .replace(/<(?:div|main|section|article|header|footer|aside)\b[^>]*>/g, '<table><tr><td>')
    .replace(/<\/(?:div|main|section|article|header|footer|aside)>/g, '</td></tr></table>');
const forms: Readonly<Record<string, (html: string) => string>> = { printed: (html) => html, bare, old };

const scores: Record<string, number> = {};
for (const outlet of outlets)
  for (const [form, change] of Object.entries(forms)) {
    const pages = printEdition(outlet, `https://${outlet.id}.example`, { opened, states: [] })
      .filter(({ withdrawn }) => !withdrawn)
      .slice(0, 12);
    const overlaps = pages.map(({ page, lines }) => {
      const { article } = extractArticle({ url: page.url, html: change(outlet.template.article(page).text) });
      return overlap(lines.join('\n'), article.text);
    });
    scores[`${outlet.id}, ${form}`] = Math.floor(macroF1(overlaps) * 1000) / 1000;
  }
if (process.env.FLOOR === 'set') writeFileSync(file, `${JSON.stringify(scores, null, 2)}\n`);
const floor: Readonly<Record<string, number>> = JSON.parse(readFileSync(file, 'utf8'));

describe('the quality of extraction on pages of our own', () => {
  it.each(Object.entries(scores))('has not fallen: %s', (set, score) => {
    expect(score).toBeGreaterThanOrEqual(floor[set] ?? Number.NaN);
  });

  it('is pinned for every set', () => {
    expect(Object.keys(floor).sort()).toEqual(Object.keys(scores).sort());
  });
});
