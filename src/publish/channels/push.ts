import webPush from 'web-push';
import type { Notice } from '../../domain/notice.ts';
import { type PushSubscription, readPushAddress } from '../../domain/push-address.ts';
import type { Settings } from '../../domain/settings.ts';
import type { PushKeys } from '../../store/push-keys.ts';
import { AnswerError, type Post } from '../target.ts';
import { GoneError, RefusedError, type Tell } from './channel.ts';

/** A push service keeps a message so long for a browser that is not there. */
const keptSeconds = 24 * 3600;
/** Push services take 4096 bytes (RFC 8030, 7.2), of which closing the message needs 103; JSON escapes and the rest get what is left. */
const mostTextBytes = 1500;

/** Push services want to know whom to write to when something is wrong with the messages of a server (RFC 8292, 2.1). */
function subjectOf({ CONTACT, PUBLIC_URL }: Pick<Settings, 'CONTACT' | 'PUBLIC_URL'>): string {
  if (CONTACT !== undefined && !CONTACT.includes('://')) return `mailto:${CONTACT}`;
  const page = [CONTACT, PUBLIC_URL].find((url) => url?.startsWith('https:'));
  return page ?? 'mailto:nobody@courant.invalid';
}

/**
 * Sends a notice to a browser by its push service (Web Push: RFC 8030), closed so that only that browser can read it (RFC 8291).
 * @param keys the wire's own, by which the service knows the sender
 */
export const tellPush =
  (post: Post, keys: () => Promise<PushKeys>, settings: Pick<Settings, 'CONTACT' | 'PUBLIC_URL'>): Tell =>
  async ({ id, address, notice }, signal) => {
    const subscription = readPushAddress(address);
    if (!subscription) throw new RefusedError('The address of a browser is expected: choose Push in that browser');
    const { headers, body } = closed(
      subscription,
      JSON.stringify(pushMessage(id, notice)),
      await keys(),
      subjectOf(settings),
      notice.urgent ?? false,
    );
    try {
      await post(subscription.endpoint, stringsOf(headers), body, signal);
    } catch (error) {
      throw error instanceof AnswerError ? (endOf(error) ?? error) : error;
    }
  };

/** A message as the push service takes it. @throws RefusedError for keys that are none: only the point's length was checked before */
function closed(subscription: PushSubscription, text: string, keys: PushKeys, subject: string, isUrgent: boolean) {
  try {
    return webPush.generateRequestDetails(subscription, text, {
      ...{ vapidDetails: { subject, ...keys }, contentEncoding: 'aes128gcm' },
      ...{ TTL: keptSeconds, urgency: isUrgent ? 'high' : 'normal' },
    });
  } catch (error) {
    throw new RefusedError('the keys of that browser are no keys', { cause: error });
  }
}

/** What the service worker (`sw.js`) shows: a title, a text, and the page that a click opens. */
function pushMessage(id: string, { title, lines, items, link }: Notice): Record<string, string | undefined> {
  const [first] = items;
  const told = items.length === 1 && first ? [first.outlet, first.summary] : items.map((item) => item.title);
  const text = [...lines, ...told].filter((line) => line !== '' && line !== title).join('\n');
  return {
    id,
    title: cut(title, mostTextBytes / 5),
    text: cut(text, mostTextBytes),
    url: first && items.length === 1 ? first.url : link?.url,
  };
}

/** The beginning of a text, whole characters only. */
function cut(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  const start = Buffer.from(text)
    .subarray(0, mostBytes - 3)
    .toString('utf8');
  return `${start.replace(/\uFFFD{1,3}$/, '')}…`;
}

/** What an answer that will not change says of the message, or of the browser; undefined where it may pass. */
function endOf({ status, message }: AnswerError): Error | undefined {
  if (status === 404 || status === 410) return new GoneError('That browser takes no messages any more');
  const mayPass = status === 408 || status === 429 || status >= 500 || status < 400;
  return mayPass ? undefined : new RefusedError(message);
}

const stringsOf = (headers: object): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
