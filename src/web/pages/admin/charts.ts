import { type Html, html } from '../../html.ts';

/** One bar of a plot: parts from the bottom up. */
export interface Bar {
  /** What the bar stands for, such as `14:00`. */
  readonly name: string;
  readonly parts: readonly { readonly kind: string; readonly count: number }[];
  /** The list of what the bar counts. */
  readonly href: string;
}

const height = 100;
const step = 10;

const sum = ({ parts }: Bar): number => parts.reduce((total, { count }) => total + count, 0);

/** What a bar tells in words. */
const inWords = (bar: Bar): string => {
  const said = bar.parts.filter(({ count }) => count > 0).map(({ kind, count }) => `${count} ${kind}`);
  return `${bar.name}: ${said.length > 0 ? said.join(', ') : 'nothing'}`;
};

/** Stacked bars; each leads to the list of what it counts. They stretch to the width that they get. */
export function plot(title: string, bars: readonly Bar[]): Html {
  const most = Math.max(1, ...bars.map(sum));
  const kinds = [...new Set(bars.flatMap(({ parts }) => parts.map(({ kind }) => kind)))];
  const total = (kind: string): number =>
    bars.reduce(
      (all, { parts }) => all + parts.reduce((one, part) => one + (part.kind === kind ? part.count : 0), 0),
      0,
    );
  return html`<div class="plot"><ul class="legend">${kinds.map(
    (kind) =>
      html`<li><svg width="10" height="10" aria-hidden="true"><rect class="${kind}" width="10" height="10"/></svg> ${kind} <span class="number">${total(kind)}</span></li>`,
  )}<li class="most">most: <span class="number">${most}</span></li></ul>
<div class="plot-scroll" role="group" tabindex="0" aria-label="${title}"><div class="plot-bars bars-${bars.length}"><svg viewBox="0 0 ${bars.length * step} ${height}" preserveAspectRatio="none" width="100%" height="150">${bars.map(
    (bar, index) => drawn(bar, index * step, most),
  )}</svg><div class="axis" aria-hidden="true">${ticks(bars).map((name) => html`<span>${name}</span>`)}</div></div></div></div>`;
}

const ticks = (bars: readonly Bar[]): string[] => {
  const at = (share: number): string => bars[Math.round(share * (bars.length - 1))]?.name ?? '';
  return [at(0), at(0.25), at(0.5), at(0.75), at(1)];
};

function drawn(bar: Bar, x: number, most: number): Html {
  let top = height;
  const rects = bar.parts.map(({ kind, count }) => {
    const tall = count === 0 ? 0 : Math.max(1.5, (count / most) * (height - 4));
    top -= tall;
    return html`<rect class="${kind}" x="${(x + 1).toFixed(1)}" y="${top.toFixed(1)}" width="${step - 2}" height="${tall.toFixed(1)}"/>`;
  });
  const words = inWords(bar);
  return html`<a href="${bar.href}" aria-label="${words}"><title>${words}</title><rect class="ground" x="${x}" y="0" width="${step}" height="${height}"/>${rects}</a>`;
}

/** Small bars, one a day, the last one today. */
export function spark(perDay: readonly number[], what: string): Html {
  const most = Math.max(1, ...perDay);
  const bars = perDay.map((count, day) => {
    const tall = count === 0 ? 1 : Math.max(2, Math.round((count / most) * 22));
    return html`<rect x="${day * 6}" y="${24 - tall}" width="5" height="${tall}"${count === 0 && html` class="none"`}/>`;
  });
  return html`<svg class="spark" width="${perDay.length * 6}" height="24" role="img" aria-label="${what} a day: ${perDay.join(', ')}">${bars}</svg>`;
}
