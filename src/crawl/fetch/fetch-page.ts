import { CookieJar } from 'tough-cookie';
import type { Page } from '../../domain/article.ts';
import { type ClientOptions, createClient } from './client.ts';
import { statusError } from './fetch-error.ts';
import { mayBePage, pageText } from './page.ts';

/**
 * Fetches one page for one user, as a browser would: no robots.txt, no waiting, nothing kept. Crawling goes through
 * the crawler. Throws FetchError.
 */
export async function fetchPage(url: string, options: ClientOptions & { signal?: AbortSignal }): Promise<Page> {
  const client = createClient(options);
  try {
    const result = await client.fetch(url, { wants: mayBePage, cookies: new CookieJar(), signal: options.signal });
    const error = statusError(url, result.status, result.headers, Date.now());
    if (error) throw error;
    return { url: result.url, html: pageText(result.url, result.body, result.headers['content-type']) };
  } finally {
    await client.close();
  }
}
