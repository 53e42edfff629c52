import { type Html, html } from '../html.ts';

const bars = 24;
const width = 10;
const height = 40;

/** How many articles of a story came when, as bars from the first to the last. */
export function volume(times: readonly Date[]): Html | false {
  const all = times.map((at) => at.getTime());
  const [first, last] = [Math.min(...all), Math.max(...all)];
  if (times.length < 3 || last - first < 60_000) return false;
  const counts = new Array<number>(bars).fill(0);
  for (const at of all) {
    const index = Math.min(bars - 1, Math.floor(((at - first) / (last - first)) * bars));
    counts[index] = (counts[index] ?? 0) + 1;
  }
  const most = Math.max(...counts);
  const hours = Math.max(1, Math.round((last - first) / 3_600_000));
  return html`<svg class="volume" viewBox="0 0 ${bars * width} ${height}" width="${bars * width}" height="${height}" role="img"
aria-label="${times.length} articles over ${hours} ${hours === 1 ? 'hour' : 'hours'}">${counts.map((count, index) => {
    const tall = count === 0 ? 1 : Math.max(4, Math.round((count / most) * height));
    return html`<rect x="${index * width}" y="${height - tall}" width="${width - 2}" height="${tall}"/>`;
  })}</svg>`;
}
