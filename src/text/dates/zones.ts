import table from '../data/zones.json' with { type: 'json' };

const offsets: ReadonlyMap<string, number> = new Map(Object.entries(table.offsets));
const regions: ReadonlyMap<string, string> = new Map(Object.entries(table.regions));
const byLanguage: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(Object.entries(table.languages));

/** `Europe/Belgrade`, `America/Argentina/Salta`, `EST5EDT`. */
const named = /^(?:[a-z]+(?:\/[a-z_+-]+){1,2}|[a-z]{3}\d[a-z]{3})$/i;
const numeric = /^(?:utc|gmt|z|msk|мск)?\s*([+-])\s*(\d{1,2}):?(\d{2})?$/;
/** No place on earth is further ahead of UTC or behind it than this many minutes; feeds may claim a little more. */
const furthest = 16 * 60;

/**
 * Minutes that a clock is ahead of UTC in a zone: `+02:00`, `GMT+1`, `EST`, `МСК`, `ET`, `Europe/Belgrade`. `wall` is what the clock shows,
 * as the milliseconds of a UTC clock that shows the same: it decides between summer and winter. Undefined where the name is not known.
 */
export function zoneOffset(zone: string, wall: number, language?: string): number | undefined {
  const name = zone.trim().toLowerCase().replace(/\.$/, '');
  const parts = numeric.exec(name);
  if (parts) {
    const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
    // 'МСК+2' is two hours ahead of Moscow.
    const base = /^(?:msk|мск)/.test(name) ? 180 : 0;
    return minutes > furthest ? undefined : base + (parts[1] === '-' ? -minutes : minutes);
  }
  const region = (language && byLanguage.get(language.split('-')[0] ?? '')?.[name]) || regions.get(name);
  if (region) return regionOffset(region, wall);
  return offsets.get(name) ?? (named.test(name) ? regionOffset(zone.trim(), wall) : undefined);
}

/** The zone that a text begins with, up to three words of it; undefined when it begins with none. */
export function zoneAtStart(text: string, wall: number, language?: string): number | undefined {
  const start = zoneStart.exec(text)?.[1];
  if (!start) return undefined;
  const words = start.split(' ');
  for (let count = words.length; count > 0; count--) {
    const offset = zoneOffset(words.slice(0, count).join(' '), wall, language);
    if (offset !== undefined) return offset;
  }
  return undefined;
}
const zoneStart =
  /^[\s([]*((?:(?:utc|gmt|msk|мск)\s?)?[+-]\s?\d{1,2}(?::?\d{2})?(?!\d)|[a-z]+(?:\/[a-z_+-]+){1,2}|[a-z]{3}\d[a-z]{3}|\p{L}{1,16}(?: \p{L}{1,16}){0,2})/iu;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(region: string): Intl.DateTimeFormat | undefined {
  const known = clocks.get(region);
  if (known) return known;
  try {
    const clock = new Intl.DateTimeFormat('en-u-hc-h23', {
      timeZone: region,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    clocks.set(region, clock);
    return clock;
  } catch {
    // Intl throws for a zone that it does not know.
    return undefined;
  }
}

function regionOffset(region: string, wall: number): number | undefined {
  const clock = clockOf(region);
  if (!clock || Number.isNaN(new Date(wall).getTime())) return undefined;
  const offsetAt = (instant: number): number => {
    const of = new Map(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 1, day = 1] = [of.get('year'), of.get('month'), of.get('day')];
    const shown = Date.UTC(year, month - 1, day, of.get('hour'), of.get('minute'));
    return Math.round((shown - instant) / 60_000);
  };
  // The first guess takes the clock for UTC; the second is right but for the hour in which clocks are put back.
  return offsetAt(wall - offsetAt(wall) * 60_000);
}
