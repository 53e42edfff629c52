import { webhookHeaders } from '../sign.ts';
import type { Post } from '../target.ts';
import type { Tell } from './channel.ts';

/** POSTs a notice as JSON, in the headers of Standard Webhooks. */
export const tellWebhook =
  (post: Post): Tell =>
  async ({ id, address, notice, secret }, signal) => {
    const body = JSON.stringify({ id, ...notice });
    const headers = { 'content-type': 'application/json', ...webhookHeaders(id, body, secret, new Date()) };
    await post(address, headers, body, signal);
  };
