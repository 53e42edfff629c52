import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { hostilePages } from './hostile.ts';

describe('hostile pages', () => {
  it('are many', () => {
    expect(hostilePages.length).toBeGreaterThanOrEqual(60);
  });

  // A page that hangs runs into the time limit of the test; how fast the others are is measured in the bench.
  it.each(hostilePages)('%s', (_name, make) => {
    const { article, verdict } = extractArticle({ url: 'https://hostile.example/page', html: make() });
    expect(['article', 'rejected']).toContain(verdict.kind);
    expect(verdict).not.toMatchObject({ reason: 'unparseable' });
    expect(article.html).not.toMatch(
      /<(?!\/?(?:p|br|h[2-6]|ul|ol|li|blockquote|table|tr|th|td|pre|code|strong|em|sub|sup|s|a)\b)/,
    );
    expect(article.html).not.toContain('javascript:');
  });
});
