import { isQuiet, readAlertLimits, readQuietHours } from '../../domain/alert-limits.ts';
import { readRecipient } from '../../domain/channel.ts';
import { type Settings, withoutSlash } from '../../domain/settings.ts';
import { type AlertChanges, noteAlerts } from '../../store/alerts.ts';
import type { Db } from '../../store/db.ts';
import { publicationLag, sourceFacts, wireRhythm } from '../../store/read/alert-facts.ts';
import { deliveryStates } from '../../store/read/operations.ts';
import type { Facts, QueueFacts } from './facts.ts';
import { findAlerts } from './find-alerts.ts';
import { certificateFacts, diskFacts } from './machine.ts';
import { alertNotice } from './notice.ts';

/** What costs more to find out is found out that often. */
const slowMs = 15 * 60_000;

type SlowFacts = Pick<Facts, 'sources' | 'certificates'>;
type AlertSettings = Pick<
  Settings,
  'ALERTS' | 'ALERT_LIMITS' | 'ALERT_QUIET' | 'DATA_DIR' | 'HTTP_PROXY' | 'HTTPS_PROXY' | 'PUBLIC_URL' | 'TITLE'
>;

/**
 * Looks at what is wrong, and notes what the operator is to be told.
 * @param askQueues how the queues stand
 */
export function createAlerts(settings: AlertSettings, db: Db, askQueues: () => Promise<readonly QueueFacts[]>) {
  const limits = readAlertLimits(settings.ALERT_LIMITS);
  if (typeof limits === 'string') throw new Error(limits);
  const quietHours = settings.ALERT_QUIET === undefined ? undefined : readQuietHours(settings.ALERT_QUIET);
  const recipients = settings.ALERTS.flatMap((text) => readRecipient(text) ?? []);
  let slow: { readonly at: number; readonly facts: SlowFacts } | undefined;

  async function slowFacts(now: Date): Promise<SlowFacts> {
    if (slow && now.getTime() - slow.at < slowMs) return slow.facts;
    const [sources, certificates] = await Promise.all([sourceFacts(db, now), certificateFacts(settings)]);
    slow = { at: now.getTime(), facts: { sources, certificates } };
    return slow.facts;
  }

  return {
    async look(now: Date): Promise<AlertChanges> {
      const [rest, wire, lag, deliveries, queues, disk] = await Promise.all([
        slowFacts(now),
        wireRhythm(db, now),
        publicationLag(db, now),
        deliveryStates(db),
        askQueues(),
        diskFacts(settings.DATA_DIR),
      ]);
      const found = findAlerts({ ...rest, wire, lag, deliveries, queues, disk }, limits, now);
      const link = settings.PUBLIC_URL && `${withoutSlash(settings.PUBLIC_URL)}/status`;
      return noteAlerts(db, found, {
        now,
        quiet: isQuiet(quietHours, now),
        recipients,
        describe: (raised, resolved) => alertNotice(settings.TITLE, link, raised, resolved),
      });
    },
  };
}
export type Alerts = ReturnType<typeof createAlerts>;
