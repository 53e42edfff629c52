import { reasonOf } from '../domain/cannot-run.ts';
import type { Channel } from '../domain/channel.ts';
import type { Settings } from '../domain/settings.ts';
import type { Tracer } from '../domain/tracer.ts';
import type { Db } from '../store/db.ts';
import {
  type Message,
  markGivenUp,
  markSent,
  markTried,
  mayBeSentAt,
  postponeMessage,
  readMessage,
  tracesOf,
} from '../store/messages.ts';
import { pushKeys } from '../store/push-keys.ts';
import { endRulesAt, secretOfRule } from '../store/rules.ts';
import { GoneError, RefusedError, type Tell } from './channels/channel.ts';
import { openEmail } from './channels/email.ts';
import { tellNtfy } from './channels/ntfy.ts';
import { tellPush } from './channels/push.ts';
import { tellWebhook } from './channels/webhook.ts';
import type { Post } from './target.ts';
import { traceTelling } from './trace-telling.ts';

/** Messages an hour and recipient; what is more waits. */
const mostAnHour = 30;

/** How a message went: `postponed` where it must wait for its turn. */
export type Delivered = 'sent' | 'postponed' | 'refused' | 'gone';

export interface Deliverer {
  /** Sends a message. Sending it twice is prevented as far as the other side says that it took it. @throws what may pass later */
  deliver(id: string, signal: AbortSignal): Promise<Delivered>;
  close(): Promise<void>;
}

/** Opens the channels that the settings allow. */
export function openDeliverer(
  settings: Pick<Settings, 'SMTP_URL' | 'MAIL_FROM' | 'WEBHOOK_SECRET' | 'CONTACT' | 'PUBLIC_URL'>,
  db: Db,
  post: Post,
  tracer?: Tracer,
): Deliverer {
  const { SMTP_URL, MAIL_FROM, WEBHOOK_SECRET } = settings;
  const email = SMTP_URL === undefined ? undefined : openEmail({ SMTP_URL, MAIL_FROM });
  const noMail: Tell = async () => {
    throw new RefusedError('There is no mail server: the operator names one with SMTP_URL');
  };
  const tells: Readonly<Record<Channel, Tell>> = {
    email: email?.tell ?? noMail,
    push: tellPush(post, () => pushKeys(db), settings),
    ntfy: tellNtfy(post),
    webhook: tellWebhook(post),
  };

  async function send(message: Message, signal: AbortSignal): Promise<Delivered> {
    const { id, channel, address, notice, rule, articles } = message;
    // The operator's secret signs what the operator asked for, a rule's own what a reader did.
    const secret = rule === null ? WEBHOOK_SECRET : await secretOfRule(db, rule);
    try {
      await traceTelling(
        tracer,
        async () => ({
          parents: articles ? await tracesOf(db, articles) : [],
          attributes: { 'courant.target': channel, 'courant.message': id },
        }),
        () => tells[channel]({ id, address, notice, secret }, signal),
      );
    } catch (error) {
      if (signal.aborted) throw error;
      const reason = reasonOf(error);
      if (!(error instanceof RefusedError)) {
        await markTried(db, id, reason);
        throw error;
      }
      await markGivenUp(db, id, reason, new Date());
      if (error instanceof GoneError) await endRulesAt(db, message);
      return 'refused';
    }
    await markSent(db, id, new Date());
    return 'sent';
  }

  return {
    async deliver(id, signal) {
      const message = await readMessage(db, id);
      // One that was given up is tried again when somebody asks for it.
      if (!message || message.state === 'sent') return 'gone';
      const now = new Date();
      if (message.notBefore > now) return 'postponed';
      const next = await mayBeSentAt(db, message, mostAnHour, now);
      if (next === undefined) return send(message, signal);
      await postponeMessage(db, id, next, `more than ${mostAnHour} messages an hour to one recipient`);
      return 'postponed';
    },
    close: async () => email?.close(),
  };
}
