import { statfs } from 'node:fs/promises';
import { connect } from 'node:tls';
import { reasonOf } from '../../domain/cannot-run.ts';
import type { Settings } from '../../domain/settings.ts';
import type { CertificateFacts, Facts } from './facts.ts';

/** How much of the disk below a folder is free; undefined where the folder is not on this machine. */
export async function diskFacts(folder: string): Promise<Facts['disk']> {
  const found = await statfs(folder).catch(() => undefined);
  return found && { folder, freePercent: (100 * found.bavail) / Math.max(1, found.blocks) };
}

const withinMs = 10_000;

/** The certificates of PUBLIC_URL and of the proxy, where they speak TLS. A server that does not answer has none to judge. */
export async function certificateFacts(
  settings: Pick<Settings, 'PUBLIC_URL' | 'HTTP_PROXY' | 'HTTPS_PROXY'>,
): Promise<CertificateFacts[]> {
  const urls = [settings.PUBLIC_URL, settings.HTTP_PROXY, settings.HTTPS_PROXY].flatMap((url) =>
    url?.startsWith('https:') ? [new URL(url)] : [],
  );
  const servers = new Map(urls.map((url) => [url.host, url]));
  const found = await Promise.all([...servers.values()].map(certificateOf));
  return found.filter((one) => one !== undefined);
}

/** The certificate that a server shows, judged as a browser would. */
export function certificateOf({ host, hostname, port }: URL): Promise<CertificateFacts | undefined> {
  const { promise, resolve } = Promise.withResolvers<CertificateFacts | undefined>();
  const name = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host: name,
    port: Number(port) || 443,
    servername: /^[\d.:]+$/.test(name) ? '' : name,
    rejectUnauthorized: false,
  });
  socket.setTimeout(withinMs, () => socket.destroy(new Error('no answer')));
  socket.once('secureConnect', () => {
    const { valid_to } = socket.getPeerCertificate();
    const ended = Date.parse(valid_to) < Date.now();
    const error = socket.authorized
      ? undefined
      : ended
        ? `it ended on ${valid_to}`
        : reasonOf(socket.authorizationError);
    resolve({ host, endsAt: new Date(valid_to), error });
    socket.destroy();
  });
  socket.once('error', () => resolve(undefined));
  socket.once('close', () => resolve(undefined));
  return promise;
}
