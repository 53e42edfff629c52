import type { Page } from 'playwright-core';

/**
 * Scrolls a page to its end and says how much moved under the reader's eyes since it was opened (the sum of the browser's own measure,
 * without what the reader did), and which elements.
 */
export async function layoutShifts(page: Page): Promise<{ readonly sum: number; readonly moved: readonly string[] }> {
  await page.evaluate(`(async () => {
    for (let top = 0; top < document.body.scrollHeight; top += innerHeight / 2) {
      scrollTo(0, top);
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 60)));
    }
  })()`);
  await page.waitForLoadState('networkidle');
  return page.evaluate(`new Promise((resolve) => {
    const shifts = [];
    new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve({
      sum: shifts.filter((shift) => !shift.hadRecentInput).reduce((sum, { value }) => sum + value, 0),
      moved: shifts.flatMap(({ sources }) => sources.map(({ node, previousRect, currentRect }) => (node?.nodeName ?? 'gone') + ' from ' + previousRect.y + ' to ' + currentRect.y)),
    }), 150);
  })`);
}
