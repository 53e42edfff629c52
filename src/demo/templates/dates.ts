/** A formatter is dear to make and cheap to use. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${lang} ${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(lang, options);
  formatters.set(key, known);
  return known;
}

/** `21 November 2026` in the language and time zone of a site. */
export const longDate = (date: Date, lang: string, timeZone: string): string =>
  formatter(lang, { dateStyle: 'long', timeZone }).format(date);

/** `2026-11-21`: the day in the time zone of a site. */
export const isoDay = (date: Date, timeZone: string): string =>
  formatter('sv-SE', { dateStyle: 'short', timeZone }).format(date);

/** `14:05` on the clocks of a site. */
export const clockTime = (date: Date, timeZone: string): string =>
  formatter('en-GB', { timeStyle: 'short', timeZone }).format(date);

/** `2026-11-21T14:05:00+01:00`: the instant as sites print it, to the second and with the offset of their zone. */
export function offsetTime(date: Date, timeZone: string): string {
  const offset =
    formatter('en-GB', { timeZone, timeZoneName: 'longOffset' })
      .formatToParts(date)
      .find((part) => part.type === 'timeZoneName')
      ?.value.replace('GMT', '') || '+00:00';
  const [hours = 0, minutes = 0] = offset.split(':').map(Number);
  const local = new Date(date.getTime() + (hours * 60 + Math.sign(hours) * minutes) * 60_000);
  return local.toISOString().slice(0, 19) + offset;
}
