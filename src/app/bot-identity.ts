import { type BotIdentity, createBotIdentity } from '../crawl/fetch/bot-identity.ts';
import { signingKey } from '../crawl/fetch/http-signature.ts';
import type { Settings } from '../domain/settings.ts';
import { readNamed } from './named-files.ts';
import { UsageError } from './usage-error.ts';

const advice =
  "The setting BOT_KEY names the file of a private key; 'openssl genpkey -algorithm ed25519 -out bot-key.pem' makes one.";

/** What the crawler signs its requests with, where the settings name a key. @throws UsageError */
export async function readIdentity(
  settings: Pick<Settings, 'BOT_KEY' | 'PUBLIC_URL'>,
): Promise<BotIdentity | undefined> {
  const { BOT_KEY: file, PUBLIC_URL: address } = settings;
  if (file === undefined) return undefined;
  if (address === undefined || new URL(address).protocol !== 'https:')
    throw new UsageError('BOT_KEY needs a PUBLIC_URL with https: there sites fetch the key that proves who asks.');
  const pem = await readNamed('The key', file, advice);
  try {
    return createBotIdentity(signingKey(pem), new URL(address).origin);
  } catch (error) {
    throw new UsageError(
      `The key ${file} cannot be used: ${error instanceof Error ? error.message : error}. ${advice}`,
    );
  }
}
