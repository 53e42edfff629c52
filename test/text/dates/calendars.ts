import fc from 'fast-check';

/** Languages of news whose dates are read in every form that the platform's calendars (CLDR) write. */
export const calendarLanguages =
  'af am ar ar-LB ar-MA ar-SA az be bg bn bs ca cs cy da de de-AT el en en-GB en-IN es es-MX et eu fa fi fil fr fr-CA ga gl gu ha he hi hr hu hy id ig is it ja ka kk km kn ko ky lb lo lt lv mk ml mn mr ms mt nb ne nl or pa pl pt pt-PT ro ru rw si sk sl so sq sr sr-Latn sv sw ta te tg th tk tr uk ur uz vi zh zh-TW zu'.split(
    ' ',
  );

/** A minute between 1995 and 2035. */
export const aMoment = fc
  .date({ min: new Date('1995-01-02'), max: new Date('2035-12-30'), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime() / 60_000) * 60_000));

export const aStyle = fc.constantFrom('full', 'long', 'medium', 'short');
type Style = 'full' | 'long' | 'medium' | 'short';

/** A date as the calendar of a language writes it; Thai and Persian count their own years. */
export function inCalendar(date: Date, language: string, dateStyle: Style, timed: boolean): string {
  const own = language === 'th' ? 'buddhist' : language === 'fa' ? 'persian' : 'gregory';
  const timeStyle = timed ? ('short' as const) : undefined;
  return new Intl.DateTimeFormat(`${language}-u-ca-${own}`, { dateStyle, timeStyle, timeZone: 'UTC' }).format(date);
}
