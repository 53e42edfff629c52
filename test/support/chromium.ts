import { existsSync } from 'node:fs';

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where a Chromium is installed; undefined when there is none. */
export const chromiumPath: string | undefined = places.find((place) => place !== undefined && existsSync(place));

/** Why browser tests cannot run here, or undefined. In CI there is no excuse. */
export function chromiumMissing(): string | undefined {
  if (chromiumPath) return undefined;
  if (process.env.CI === 'true') throw new Error('CI=true, but there is no Chromium; install it or set CHROMIUM');
  return 'skipped: there is no Chromium (Debian: apt-get install chromium; elsewhere set CHROMIUM to its path)';
}
