import { ntfyTopic } from '../../domain/channel.ts';
import { noticeText } from '../../domain/notice.ts';
import type { Post } from '../target.ts';
import { RefusedError, type Tell } from './channel.ts';

/** ntfy makes an attachment of a longer message. */
const mostBytes = 4096;
const mostItems = 5;

/**
 * Publishes a notice to a topic of ntfy as JSON (https://docs.ntfy.sh/publish/#publish-as-json). A name and password in the address are sent
 * as such; with a token, the name is empty and the token the password.
 */
export const tellNtfy =
  (post: Post): Tell =>
  async ({ address, notice }, signal) => {
    const found = ntfyTopic(address);
    if (!found) throw new RefusedError('The address of an ntfy topic is expected, such as https://ntfy.sh/topic');
    const { server, topic } = found;
    const { username, password } = server;
    const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
    const authorization = password === '' ? {} : { authorization: `Basic ${credentials.toString('base64')}` };
    server.username = '';
    server.password = '';
    const message = {
      topic,
      title: notice.title,
      message: cut(noticeText({ ...notice, link: undefined }, mostItems)),
      click: notice.link?.url,
      priority: notice.urgent ? 4 : 3,
    };
    await post(server.href, { 'content-type': 'application/json', ...authorization }, JSON.stringify(message), signal);
  };

/** The beginning of a text, whole characters only. */
function cut(text: string): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  const bytes = Buffer.from(text).subarray(0, mostBytes - 3);
  return `${bytes.toString('utf8').replace(/\uFFFD{1,3}$/, '')}…`;
}
