/** What an operator is alerted of, from which figure on where ALERT_LIMITS does not say otherwise, and what the figure counts. */
export const alertKinds = {
  silent: [
    2,
    'a source gave nothing so many times in a row: no listing holds what it should, or it is silent against its own rhythm',
  ],
  failing: [3, 'a source could not be read so many times in a row'],
  rejected: [40, 'so many percent more of the pages of a source are rejected than in the two weeks before'],
  length: [
    50,
    'the articles of a source are so many percent shorter than in the two weeks before, or longer in the same measure',
  ],
  queue: [30, 'a job waits in a queue for so many minutes'],
  lag: [120, 'half of the new articles were published more than so many minutes before they stood in the feed'],
  nothing: [2, 'nothing at all was published for so many times the usual longest pause (six hours at least)'],
  delivery: [5, 'a webhook or hub failed so many times in a row'],
  disk: [10, 'less than so many percent of the disk of DATA_DIR are free'],
  certificate: [14, 'the certificate of PUBLIC_URL or HTTPS_PROXY ends in less than so many days, or is wrong'],
} as const satisfies Readonly<Record<string, readonly [limit: number, meaning: string]>>;

export type AlertKind = keyof typeof alertKinds;
/** The figure of each kind; 0 turns it off. */
export type AlertLimits = Readonly<Record<AlertKind, number>>;

const names = Object.keys(alertKinds) as AlertKind[];

/** Reads `failing=5 disk=0`. @returns what is wrong instead, in words */
export function readAlertLimits(words: readonly string[]): AlertLimits | string {
  const limits = Object.fromEntries(names.map((name) => [name, alertKinds[name][0]])) as Record<AlertKind, number>;
  for (const word of words) {
    const [, name = '', figure = ''] = /^([a-z]+)=(\d{1,6}(?:\.\d{1,3})?)$/.exec(word) ?? [];
    const known = names.find((one) => one === name);
    if (!known) return `'${word}' is none of ${names.map((one) => `${one}=${alertKinds[one][0]}`).join(' ')}`;
    limits[known] = Number(figure);
  }
  return limits;
}

/** Hours in which nobody is told anything, as minutes since midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** Reads `22:00-07:00`. */
export function readQuietHours(text: string): QuietHours | undefined {
  const [, ...parts] = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  const [fromHour = 24, fromMinute = 0, toHour = 24, toMinute = 0] = parts.map(Number);
  if (fromHour > 23 || toHour > 23 || fromMinute > 59 || toMinute > 59) return undefined;
  return { from: 60 * fromHour + fromMinute, to: 60 * toHour + toMinute };
}

/** Whether the moment is in the quiet hours, by this machine's clock. */
export function isQuiet(hours: QuietHours | undefined, now: Date): boolean {
  if (!hours) return false;
  const minute = 60 * now.getHours() + now.getMinutes();
  const { from, to } = hours;
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
