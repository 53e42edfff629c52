/** `21 November 2026` in the language and time zone of a site. */
export const longDate = (date: Date, lang: string, timeZone: string): string =>
  new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone }).format(date);

/** `14:05` on the clocks of a site. */
export const clockTime = (date: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }).format(date);

/** `2026-11-21T14:05:00+01:00`: the instant as sites print it, to the second and with the offset of their zone. */
export function offsetTime(date: Date, timeZone: string): string {
  const offset =
    new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' })
      .formatToParts(date)
      .find((part) => part.type === 'timeZoneName')
      ?.value.replace('GMT', '') || '+00:00';
  const [hours = 0, minutes = 0] = offset.split(':').map(Number);
  const local = new Date(date.getTime() + (hours * 60 + Math.sign(hours) * minutes) * 60_000);
  return local.toISOString().slice(0, 19) + offset;
}
