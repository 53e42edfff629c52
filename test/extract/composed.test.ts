import { describe, expect, it } from 'vitest';
import { composePage } from '../bench/composed/compose-page.ts';
import { judgePage } from '../bench/composed/judge-page.ts';

/** Pages put together at random (`npm run bench:composed`): other seeds than those that rules were written with. */
const pages = Array.from({ length: 100 }, (_, index) => composePage(900_000_000 + index));
const findings = pages.map((page) => judgePage(page));

const wrong = (what: RegExp): string[] =>
  findings.flatMap((of, index) =>
    of.filter((one) => one.wrong && what.test(one.what)).map((one) => `${index} ${one.what}: ${one.got}`),
  );

describe('a page that nobody laid out', () => {
  it('gives all of its text, under its headline', () => {
    expect(wrong(/paragraph/)).toHaveLength(0);
    expect(wrong(/^title/).length).toBeLessThanOrEqual(3);
    expect(wrong(/^verdict/).length).toBeLessThanOrEqual(1);
  });

  it('gives nothing of what stands around the text', () => {
    const around =
      /^part (?:breadcrumbs|date|updated|reading-time|share|read-also|related|poll|tags|copyright|previous|most-read)/;
    expect(wrong(around).length).toBeLessThanOrEqual(3);
  });

  it('is right as a whole nine times in ten', () => {
    const whole = findings.filter((of) => of.every((one) => !one.wrong || one.what === 'byline'));
    expect(whole.length).toBeGreaterThanOrEqual(90);
  });
});
