import type { Instant } from '../../domain/article.ts';
import { addressDate } from './address-date.ts';

/** What a list says of an entry's age. */
export interface DatedEntry {
  readonly url: string;
  readonly published?: Instant | undefined;
  readonly updated?: Instant | undefined;
}

/** Times tell the entries of a list apart when most have one and no single one stands for half of them. */
function tellAge(times: readonly (string | undefined)[]): boolean {
  const counts = new Map<string, number>();
  for (const time of times) if (time !== undefined) counts.set(time, (counts.get(time) ?? 0) + 1);
  const dated = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return (
    dated * 2 > times.length && (counts.size === 1 ? times.length === 1 : Math.max(...counts.values()) * 2 <= dated)
  );
}

/**
 * The newest entries first, whatever the order of the list: by their times where these tell them apart, else by the day
 * in their addresses, else by the numbers there. Entries that nothing tells apart keep the order of the list.
 */
export function newestFirst<T extends DatedEntry>(entries: readonly T[]): T[] {
  const timeOf = [(entry: T) => entry.published ?? entry.updated, (entry: T) => entry.updated ?? entry.published].find(
    (of) => tellAge(entries.map(of)),
  );
  const aged = entries.map((entry) => ({ entry, time: timeOf?.(entry) ?? '', age: addressDate(entry.url) }));
  // Where some have none, a year without a month is a number as any other: `/n/1999`, `/n/2100`.
  if (aged.some(({ age }) => age.day === 0))
    for (const each of aged)
      if (each.age.day % 10_000 === 0) each.age = { day: 0, number: each.age.number || each.age.day / 10_000 };
  aged.sort(
    (a, b) =>
      (a.time === b.time ? 0 : a.time < b.time ? 1 : -1) || b.age.day - a.age.day || b.age.number - a.age.number,
  );
  return aged.map(({ entry }) => entry);
}
