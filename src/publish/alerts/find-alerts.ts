import type { AlertKind, AlertLimits } from '../../domain/alert-limits.ts';
import { shownTarget } from '../../domain/channel.ts';
import { lengthShift, rejectionShift } from '../../domain/layout.ts';
import { dayMs } from '../../domain/time.ts';
import type { Rhythm, SourceFacts } from '../../store/read/alert-facts.ts';
import type { Facts } from './facts.ts';

/** Something that the operator should look at. */
export interface Finding {
  readonly kind: AlertKind;
  /** What of that kind: a source, a queue, a host; empty for the wire itself. */
  readonly subject: string;
  readonly message: string;
}

const hourMs = 3600_000;
/** A pause that every wire may make. */
const shortestPauseHours = 6;
/** So many hours with news make a rhythm, and with so many the longest pause counts as the exception. */
const hoursForRhythm = 6;
const hoursForException = 12;
/** Fewer articles tell nothing. */
const fewArticles = 10;

/** What is wrong, judged by the limits; a limit of 0 finds nothing. Pure. */
export function findAlerts(facts: Facts, limits: AlertLimits, now: Date): Finding[] {
  const found: Finding[] = [];
  const judge = (kind: AlertKind, subject: string, message: (limit: number) => string | undefined): void => {
    const said = limits[kind] > 0 ? message(limits[kind]) : undefined;
    if (said !== undefined) found.push({ kind, subject, message: said });
  };
  for (const source of facts.sources) {
    judge('failing', source.id, (limit) => (source.state === 'fails' ? failing(source, limit) : undefined));
    judge('silent', source.id, (limit) => (source.state === 'nothing' ? failing(source, limit) : undefined));
    judge('rejected', source.id, (limit) => rejected(source, limit));
    judge('length', source.id, (limit) => length(source, limit));
  }
  judge('nothing', '', (limit) => {
    const pause = facts.sources.length === 0 ? undefined : tooLongPause(facts.wire, limit, now);
    return pause && `Nothing was published ${pause}`;
  });
  judge('lag', '', (limit) => {
    const { articles, minutes } = facts.lag;
    if (articles < fewArticles || minutes <= limit) return undefined;
    return `Half of the ${articles} articles of the last six hours were published more than ${Math.round(minutes)} minutes before they stood in the feed`;
  });
  for (const { target, failures, lastError } of facts.deliveries)
    judge('delivery', target, (limit) =>
      failures < limit ? undefined : `${shownTarget(target)} failed ${failures} times in a row: ${lastError}`,
    );
  for (const { name, waitingMinutes, paused } of facts.queues)
    judge('queue', name, (limit) => {
      if (waitingMinutes < limit) return undefined;
      const why = paused ? 'it is paused' : 'no worker takes it';
      return `Queue ${name}: a job waits for ${Math.round(waitingMinutes)} minutes; ${why}`;
    });
  judge('disk', '', (limit) => {
    if (!facts.disk || facts.disk.freePercent >= limit) return undefined;
    return `Only ${facts.disk.freePercent.toFixed(1)} % of the disk of ${facts.disk.folder} are free`;
  });
  for (const { host, endsAt, error } of facts.certificates)
    judge('certificate', host, (limit) => {
      if (error !== undefined) return `The certificate of ${host} cannot be relied on: ${error}`;
      const days = endsAt === undefined ? limit : (endsAt.getTime() - now.getTime()) / dayMs;
      return days >= limit ? undefined : `The certificate of ${host} ends in ${Math.max(0, Math.floor(days))} days`;
    });
  return found;
}

function failing({ name, state, inARow, cause, lastSuccessAt }: SourceFacts, limit: number): string | undefined {
  if (inARow < limit) return undefined;
  const good =
    lastSuccessAt === null
      ? 'never before'
      : `last well ${lastSuccessAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `${name} ${state === 'fails' ? 'fails' : 'gives nothing'}, ${inARow} times in a row (${good}): ${cause ?? 'no reason is known'}`;
}

/** For how long nothing came, in words; undefined while that is as usual. Weekends are usual after the second. */
function tooLongPause({ last, hours, pauses }: Rhythm, factor: number, now: Date): string | undefined {
  if (last === null || hours < hoursForRhythm) return undefined;
  const usual = (hours < hoursForException ? pauses[0] : pauses[1]) ?? 0;
  const pause = (now.getTime() - last.getTime()) / hourMs;
  if (pause <= Math.max(shortestPauseHours, factor * usual)) return undefined;
  return `for ${inHours(pause)}; its longest usual pause is ${inHours(Math.max(1, usual))}`;
}

const inHours = (hours: number): string =>
  hours < 48 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`;

function rejected(source: SourceFacts, limit: number): string | undefined {
  const before = { kept: source.keptBefore, rejected: source.rejectedBefore };
  const shift = rejectionShift(source, before, limit);
  return (
    shift &&
    `${source.name}: ${Math.round(shift.to)} % of its pages were rejected in the last day, ${Math.round(shift.from)} % in the two weeks before; did its layout change?`
  );
}

function length(source: SourceFacts, limit: number): string | undefined {
  const shift = lengthShift(source, { texts: source.textsBefore, size: source.sizeBefore }, limit);
  if (!shift) return undefined;
  const change = shift.to < shift.from ? 'shorter' : 'longer';
  return `${source.name}: its articles are much ${change} than in the two weeks before (${Math.round(shift.to)} %); did its layout change?`;
}
