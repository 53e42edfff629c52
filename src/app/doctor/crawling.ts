import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { NoBrowserError, startChromium } from '../../crawl/fetch/chromium.ts';
import { openClients } from '../../crawl/fetch/clients.ts';
import { createMemoryLeases } from '../../crawl/fetch/memory-leases.ts';
import { createMemoryRobots } from '../../crawl/fetch/robots-cache.ts';
import { createParserPool } from '../../crawl/parse/parser-pool.ts';
import { reasonOf } from '../../domain/cannot-run.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Source } from '../../domain/source.ts';
import { openCatalogue } from '../catalogue.ts';
import { readLabels, readTopicWeights } from '../named-files.ts';
import { UsageError } from '../usage-error.ts';
import { fromError, ill, look, well } from './finding.ts';

/** The catalogue as far as it can be read, and what is to be said of it. */
export async function lookAtCatalogue({ SOURCES }: Pick<Settings, 'SOURCES'>) {
  try {
    const { sources } = await openCatalogue(SOURCES);
    const says = `${sources.length} ${sources.length === 1 ? 'source' : 'sources'} in ${SOURCES}`;
    if (sources.length > 0) return { sources, finding: well(says) };
    return { sources, finding: look(says, `Add one: courant sources add https://site.example --sources ${SOURCES}`) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const [first = '', ...more] = error.message.split('\n');
    if (!/:\d+: /.test(first)) return { sources: [], finding: fromError(error) };
    const says = more.length > 0 ? `${first}, and ${more.length} more` : first;
    return { sources: [], finding: ill(says, 'Correct the line; courant sources list names all mistakes.') };
  }
}

/** The files of topics and regions, and of weights, where the settings name them. */
export async function checkLabels({ LABELS, TOPIC_WEIGHTS }: Pick<Settings, 'LABELS' | 'TOPIC_WEIGHTS'>) {
  await readLabels(LABELS);
  await readTopicWeights(TOPIC_WEIGHTS);
  const own = [LABELS, TOPIC_WEIGHTS].filter((file) => file !== undefined);
  return well(own.length === 0 ? 'those that come with Courant' : own.join(', '));
}

/** How the crawler introduces itself. */
export async function checkName({ USER_AGENT, CONTACT }: Pick<Settings, 'USER_AGENT' | 'CONTACT'>) {
  if (!/https?:|@/.test(USER_AGENT))
    return look(
      `${USER_AGENT} says nothing of who asks`,
      'Set PUBLIC_URL, so that it names the page /crawler, or a USER_AGENT with an address: sites block crawlers that nobody answers for.',
    );
  if (USER_AGENT.endsWith('/crawler)') && CONTACT === undefined)
    return look(
      USER_AGENT,
      'Set CONTACT to a mail or web address, so that the page that it names says how to reach you.',
    );
  return well(USER_AGENT);
}

const connectMs = 5000;

/** Whether the proxies take connections, that of the settings and those of sources. */
export async function checkProxies(
  settings: Pick<Settings, 'HTTP_PROXY' | 'HTTPS_PROXY'>,
  sources: readonly Pick<Source, 'proxy'>[],
) {
  const named = [settings.HTTP_PROXY, settings.HTTPS_PROXY, ...sources.map(({ proxy }) => proxy)];
  const proxies = [...new Set(named.filter((one) => one !== undefined))].map((one) => new URL(one));
  if (proxies.length === 0) return well('none; sites are asked directly');
  const dead = (await Promise.all(proxies.map(async (one) => [one.host, await whyClosed(one)] as const))).filter(
    ([, why]) => why !== undefined,
  );
  const [first] = dead;
  if (!first) return well(proxies.map(({ host }) => host).join(', '));
  const says = `${first[0]} takes no connection: ${first[1]}`;
  return ill(
    dead.length > 1 ? `${says}; ${dead.length - 1} more` : says,
    'Start it, or correct HTTP_PROXY, HTTPS_PROXY, or `proxy` of the source.',
  );
}

function whyClosed({ hostname, port, protocol }: URL): Promise<string | undefined> {
  const number = Number(port) || (protocol === 'https:' ? 443 : 80);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: number, timeout: connectMs });
    const end = (why?: string) => {
      socket.destroy();
      resolve(why);
    };
    socket.on('connect', () => end());
    socket.on('timeout', () => end(`no answer within ${connectMs / 1000} s`));
    socket.on('error', (error) => end(reasonOf(error)));
  });
}

/** Whether Chromium starts, where a source needs it. */
export async function checkChromium(
  settings: Pick<Settings, 'CHROMIUM' | 'CHROMIUM_WITHOUT_SANDBOX'>,
  sources: readonly Pick<Source, 'id' | 'render'>[],
) {
  const wanting = sources.filter(({ render }) => render === 'browser');
  try {
    const { CHROMIUM: executable, CHROMIUM_WITHOUT_SANDBOX: withoutSandbox } = settings;
    const chromium = await startChromium({ executable, withoutSandbox });
    const version = chromium.browser.version();
    await chromium.close();
    return well(`${version} starts; ${wanting.length === 0 ? 'no source needs it' : `for ${wanting.length} sources`}`);
  } catch (error) {
    if (!(error instanceof NoBrowserError)) throw error;
    if (wanting.length === 0 && settings.CHROMIUM === undefined)
      return well('no source needs it; it would not start here');
    const says = `does not start, and ${
      wanting
        .map(({ id }) => id)
        .slice(0, 3)
        .join(', ') || 'CHROMIUM'
    } wants it`;
    return ill(says, error.message);
  }
}

const paragraphs = [
  'The ferry left the harbour at six in the morning, an hour later than planned, because the fog had not lifted from the strait.',
  'The harbour master said on Tuesday that the new lights would be tested until the end of the month and that no boat had to wait since.',
  'Passengers were given tea in the waiting room, and the crew of the last boat of the evening was asked to stay on board overnight.',
];
const title = 'Fog keeps the morning ferry in the harbour';
const page = `<!doctype html><html lang="en"><head><title>${title}</title></head><body><nav><a href="/">Home</a></nav><article><h1>${title}</h1><p>${paragraphs.join('</p><p>')}</p></article></body></html>`;

/** Fetches a page from a server of its own on this machine, as the crawler would, and takes the article out of it in a parsing thread. */
export async function checkFetch({ USER_AGENT }: Pick<Settings, 'USER_AGENT'>) {
  const server = createServer(({ url }, response) => {
    if (url === '/robots.txt') response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const shared = { leases: createMemoryLeases(), robots: createMemoryRobots() };
  const settings = { USER_AGENT, ALLOW_PRIVATE: true, RATE: 1000, CHROMIUM_WITHOUT_SANDBOX: false };
  const clients = openClients(
    { ...settings, HTTP_PROXY: undefined, HTTPS_PROXY: undefined, CHROMIUM: undefined },
    shared,
  );
  const parser = createParserPool();
  const started = performance.now();
  try {
    const url = `http://127.0.0.1:${port}/fog`;
    const { body, headers } = await clients.clientFor().fetch(url, {});
    const link = { url, authors: [], categories: [] };
    const { verdict, article } = await parser.run('article', { url, body, contentType: headers['content-type'], link });
    if (verdict.kind !== 'article' || article.title !== title)
      return ill(
        'a page of this machine was fetched, but its article was not found',
        'Install Courant anew: files of it are missing.',
      );
    return well(
      `a page of this machine was fetched and its article found in ${Math.round(performance.now() - started)} ms`,
    );
  } finally {
    await Promise.all([clients.close(), parser.close()]);
    server.closeAllConnections();
    server.close();
  }
}
