import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { type ClosedProxy, openClosedProxy } from './closed-proxy.ts';

/** A browser is wanted, but there is none that may be started; the message says what to do. */
export class NoBrowserError extends Error {
  override readonly name = 'NoBrowserError';
}

export interface ChromiumOptions {
  /** Path of Chromium; the usual places are looked at when not given. */
  readonly executable?: string | undefined;
  /** Chromium may run without its own sandbox: what breaks out of a page then has the rights of this process. */
  readonly withoutSandbox?: boolean | undefined;
}

/** A running Chromium that reaches nothing by itself. */
export interface Chromium {
  readonly browser: Browser;
  readonly proxy: ClosedProxy;
  close(): Promise<void>;
}

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function executableOf({ executable }: ChromiumOptions): string {
  const found = executable ?? usualPlaces.find((place) => existsSync(place));
  if (found !== undefined && existsSync(found)) return found;
  const missing = found === undefined ? '' : `; there is none at ${found}`;
  throw new NoBrowserError(
    `\`render: browser\` needs Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM${missing}.`,
  );
}

/** Chromium's sandbox does not work as root, which is what containers usually run as; that is the operator's decision. */
function refuseRoot({ withoutSandbox }: ChromiumOptions): void {
  if (withoutSandbox || process.getuid?.() !== 0) return;
  throw new NoBrowserError(
    '`render: browser`: Chromium has no sandbox as root. Run Courant as another user, or, in a container of its own, set CHROMIUM_WITHOUT_SANDBOX=1.',
  );
}

/** Nothing leaves: one proxy for all, that refuses; no name is resolved but its own; no UDP, no talk of the browser's own. */
function argumentsFor(proxy: ClosedProxy): string[] {
  const name = `proxy-${randomBytes(8).toString('hex')}.invalid`;
  return [
    '--disable-dev-shm-usage',
    `--proxy-server=http://${name}:${proxy.port}`,
    // Loopback as well, which Chromium would ask directly.
    '--proxy-bypass-list=<-loopback>',
    `--host-resolver-rules=MAP ${name} 127.0.0.1:${proxy.port}, MAP * ~NOTFOUND`,
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--dns-prefetch-disable',
    '--no-pings',
  ];
}

/** Starts Chromium behind a closed proxy. Throws NoBrowserError where it cannot. */
export async function startChromium(options: ChromiumOptions): Promise<Chromium> {
  const playwright = await import('playwright-core').catch(() => {
    throw new NoBrowserError(
      '`render: browser` needs the optional package playwright-core: npm install playwright-core',
    );
  });
  const executablePath = executableOf(options);
  refuseRoot(options);
  const proxy = await openClosedProxy();
  try {
    const chromiumSandbox = !options.withoutSandbox;
    const browser = await playwright.chromium.launch({ executablePath, chromiumSandbox, args: argumentsFor(proxy) });
    return {
      browser,
      proxy,
      async close() {
        await browser.close();
        await proxy.close();
      },
    };
  } catch (error) {
    await proxy.close();
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new NoBrowserError(
      `\`render: browser\`: Chromium at ${executablePath} does not start (${why}). Without user namespaces it has no sandbox: allow them, or, in a container of its own, set CHROMIUM_WITHOUT_SANDBOX=1.`,
      { cause: error },
    );
  }
}
