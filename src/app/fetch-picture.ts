import { createClient } from '../crawl/fetch/client.ts';
import type { Settings } from '../domain/settings.ts';

const mostBytes = 12 * 1024 * 1024;
const withinMs = 10_000;

/** Fetches pictures as the crawler fetches pages: bounded in size and time, from public addresses only, also after redirects. */
export function openPictureFetcher(
  settings: Pick<Settings, 'USER_AGENT' | 'HTTP_PROXY' | 'HTTPS_PROXY' | 'ALLOW_PRIVATE'>,
): { fetch(url: string): Promise<Uint8Array>; close(): Promise<void> } {
  const client = createClient({
    userAgent: settings.USER_AGENT,
    allowPrivate: settings.ALLOW_PRIVATE,
    proxy: settings.HTTP_PROXY,
    httpsProxy: settings.HTTPS_PROXY,
    limits: { bodyBytes: mostBytes, redirects: 3, totalMs: withinMs },
  });
  return {
    async fetch(url) {
      const { status, body } = await client.fetch(url, {
        accept: 'image/avif,image/webp,image/jpeg,image/png,image/gif',
        wants: (type) => type === undefined || /^(?:image\/(?!svg)|application\/octet-stream)/i.test(type),
      });
      if (status !== 200) throw new Error(`answered ${status}`);
      return body;
    },
    close: () => client.close(),
  };
}
