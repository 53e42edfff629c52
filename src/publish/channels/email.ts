import { createTransport } from 'nodemailer';
import { reasonOf } from '../../domain/cannot-run.ts';
import type { Notice } from '../../domain/notice.ts';
import { noticeText } from '../../domain/notice.ts';
import { RefusedError, type Tell } from './channel.ts';
import { noticeHtml } from './notice-html.ts';

const timeoutMs = 15_000;
const isLocal = (host: string): boolean => /^(?:localhost|127\.[\d.]+|\[?::1\]?)$/.test(host);

/**
 * Sends notices by mail, as plain text and HTML, through the server of SMTP_URL. A name and password are never sent in the clear: TLS is
 * required where there are any and the server is another machine.
 */
export function openEmail(settings: { readonly SMTP_URL: string; readonly MAIL_FROM: string }): {
  tell: Tell;
  close(): Promise<void>;
} {
  const { hostname, port, protocol, username, password } = new URL(settings.SMTP_URL);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  const transport = createTransport({
    host,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: username !== '' && !secure && !isLocal(hostname),
    ...(username === '' ? {} : { auth }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const [, domain = 'localhost'] = /@([\w.-]+)/.exec(settings.MAIL_FROM) ?? [];
  return {
    async tell({ id, address, notice }) {
      try {
        await transport.sendMail({
          from: settings.MAIL_FROM,
          to: { name: '', address },
          subject: notice.title,
          text: noticeText(notice),
          html: noticeHtml(notice),
          // The same message twice is one for most readers of mail.
          messageId: `<${id}@${domain}>`,
          headers: mailHeaders(notice),
        });
      } catch (error) {
        throw clearer(error, `${host}:${port || (secure ? 465 : 587)}`);
      }
    },
    async close() {
      transport.close();
    },
  };
}

/** Mail programs show a button for these (RFC 2369, RFC 8058); programs that answer by themselves keep silent (RFC 3834). */
const mailHeaders = ({ unsubscribe }: Notice): Record<string, string> => ({
  'Auto-Submitted': 'auto-generated',
  ...(unsubscribe === undefined
    ? {}
    : { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
});

/** What went wrong, in words. Codes from 500 on are for good (RFC 5321 §4.2.1), but for those that speak of our name and password. */
function clearer(error: unknown, server: string): Error {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  const reason = reasonOf(error);
  if (code === 'EAUTH')
    return new Error(`The mail server ${server} does not take name and password of SMTP_URL: ${reason}`);
  if (code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500)
    return new RefusedError(`The mail server ${server} refuses the address: ${reason}`);
  if (responseCode === undefined) return new Error(`The mail server ${server} cannot be reached: ${reason}`);
  return new Error(`The mail server ${server} did not take the message: ${reason}`);
}
