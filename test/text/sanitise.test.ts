import { expect, it } from 'vitest';
import { sanitise } from '../../src/text/sanitise.ts';

// Whoever calls it judges addresses too; this wall must hold by itself.
it.each(['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'vbscript:x', 'data:text/html,x'])(
  'lets no %j through, even where its caller would',
  (address) => {
    const html = sanitise(`<p><a href="${address}">quay</a><img src="${address}" alt=""></p>`, () => address);
    expect(html).toContain('quay');
    expect(html).not.toMatch(/script:|data:/i);
  },
);

it('lets no address without a scheme through', () => {
  expect(sanitise('<a href="/x">quay</a>', () => '//other.example/x')).not.toContain('other.example');
});

it('leaves out what is nested deeper than any article', () => {
  const html = sanitise(`${'<blockquote>'.repeat(150)}deep`, () => undefined);
  expect(html.split('<blockquote>').length - 1).toBeLessThanOrEqual(100);
});
