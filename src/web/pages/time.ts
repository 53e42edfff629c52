import { type Html, html } from '../html.ts';

const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
/** As the script of the pages (`assets/app.js`) says it: what it writes anew is as long as before. */
function ago(at: Date, now: Date): string {
  const minutes = Math.round((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return 'now';
  return minutes < 60 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}
const dayAndClock = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'short' });

/** `2 h ago`, or `22 Nov, 14:05` in UTC; a script keeps it true and shows the reader's own clock. */
export const listTime = (at: Date, now: Date): Html =>
  html`<time datetime="${at.toISOString()}" title="${dayAndClock.format(at)} UTC" data-ago>${
    now.getTime() - at.getTime() < recentMs ? ago(at, now) : dayAndTime.format(at)
  }</time>`;

/** So long a time is said as how long ago. */
const recentMs = 86_400_000;

/** `22 Nov 2026, 14:05`, in UTC. */
export const fullTime = (at: Date): Html =>
  html`<time datetime="${at.toISOString()}" data-full>${dayAndClock.format(at)}</time>`;

/** `Sunday 22 November 2026`, of the day in UTC. */
export const dayName = (at: Date): string => day.format(at);

/** How long ago, or how long until, in the largest unit that is not nothing: `3 h ago`, `in 5 min`. */
export function fromNow(at: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  const size = Math.abs(seconds);
  const [count, unit] =
    size < 60
      ? [size, 's']
      : size < 3600
        ? [Math.round(size / 60), 'min']
        : size < 172_800
          ? [Math.round(size / 3600), 'h']
          : [Math.round(size / 86_400), 'days'];
  if (count === 0) return 'now';
  return seconds >= 0 ? `${count} ${unit} ago` : `in ${count} ${unit}`;
}
