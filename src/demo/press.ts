import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { feedTypes, type Moment, printEdition, siteOf, wirePath } from './edition.ts';
import { wireHeadlines } from './headlines.ts';
import { itemsOf, listText, pathOfSlug } from './lists.ts';
import type { Outlet } from './outlet.ts';
import { adriaDispatch } from './outlets/adria-dispatch.ts';
import { blackSeaLedger } from './outlets/black-sea-ledger.ts';
import { moravaCourier } from './outlets/morava-courier.ts';
import { podunavskiList } from './outlets/podunavski-list.ts';
import { vardarReview } from './outlets/vardar-review.ts';
import { pages, picture, pressIndex } from './pages.ts';
import { type Truth, truthOf } from './truth.ts';

const outlets: readonly Outlet[] = [moravaCourier, adriaDispatch, podunavskiList, blackSeaLedger, vardarReview];

/** An entry of the catalogue for one outlet of the press. */
export interface PressSource {
  readonly id: string;
  readonly name: string;
  readonly home: string;
  readonly feeds: readonly string[];
  readonly sitemaps: readonly string[];
  readonly sections: readonly string[];
  readonly lang: string;
  readonly country: string;
}

/** A request that the press has answered. */
export interface PressRequest {
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  readonly status: number;
  readonly userAgent: string | undefined;
}

export interface PressOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** The moment from which the age of the articles counts. Default: now. */
  readonly now?: Date;
  /**
   * How `sources` and `truth` name the outlets. `example` (default): `http://morava-courier.example`, the same on every
   * port, reachable only through the proxy. `localhost`: `http://morava-courier.localhost:PORT`, which most browsers
   * open by themselves; a crawler still goes through the proxy, since few systems resolve such names.
   */
  readonly names?: 'example' | 'localhost';
  readonly onRequest?: (request: PressRequest) => void;
}

/** The example press while it is open. It listens on 127.0.0.1 only. */
export interface Press extends AsyncDisposable {
  readonly port: number;
  /** Address of the HTTP proxy through which a crawler reaches the outlets. */
  readonly proxy: string;
  readonly sources: readonly PressSource[];
  /** What must come out, as the world stands now. */
  readonly truth: () => Truth;
  /**
   * Moves the world on, once: an article is rewritten, the live page gets an entry, a new article appears.
   * Later calls change nothing.
   */
  readonly advance: (now?: Date) => void;
  /** Stops listening and drops all connections. Closing twice is harmless. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the example press: five invented outlets behind one loopback port, which serves each request by its host name,
 * whether it comes as a proxy request (absolute form or CONNECT) or as a direct one.
 *
 * @throws when the port is taken
 */
export async function openPress(options: PressOptions = {}): Promise<Press> {
  const names = options.names ?? 'example';
  let moment: Moment = { opened: options.now ?? new Date(), advanced: undefined };

  const server = createServer((request, response) => {
    const url = addressOf(request);
    response.once('finish', () =>
      options.onRequest?.({
        host: url?.host ?? '',
        path: url ? url.pathname + url.search : '',
        status: response.statusCode,
        userAgent: request.headers['user-agent'],
      }),
    );
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      send(request, response, { status: 405, type: 'text/plain', body: 'The press can only be read.\n' });
      return;
    }
    send(request, response, url ? answer(url) : { status: 400, type: 'text/plain', body: 'No host named.\n' });
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => socket.destroy());
    if (!outletOf(request.url?.replace(/:\d+$/, '') ?? '')) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    server.emit('connection', socket);
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const originOf = (outlet: Outlet, kind: 'example' | 'localhost'): string =>
    kind === 'example' ? `http://${outlet.id}.example` : `http://${outlet.id}.localhost:${port}`;

  function answer(url: URL): Answer {
    const outlet = outletOf(url.hostname);
    if (outlet) {
      const origin = originOf(outlet, url.hostname.endsWith('.example') ? 'example' : 'localhost');
      return serve(outlet, origin, url, moment);
    }
    if (url.hostname === '127.0.0.1' || url.hostname === 'localhost') {
      const sites = outlets.map((each) => siteOf(each, originOf(each, 'localhost')));
      return { status: 200, type: 'text/html', body: pressIndex(sites).text };
    }
    return { status: 502, type: 'text/plain', body: `The press knows no host ${url.hostname}.\n` };
  }

  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return {
    port,
    proxy: `http://127.0.0.1:${port}`,
    sources: outlets.map((outlet) => sourceOf(outlet, originOf(outlet, names))),
    truth() {
      const truths = outlets.map((outlet) => {
        const origin = originOf(outlet, names);
        return truthOf(outlet, origin, printEdition(outlet, origin, moment));
      });
      return {
        articles: truths.flatMap(({ articles }) => articles),
        links: truths.flatMap(({ links }) => links),
      };
    },
    advance(now = new Date()) {
      // HTTP dates know seconds only, and a revision must be later than what it revises.
      if (!moment.advanced) moment = { ...moment, advanced: new Date(Math.floor(now.getTime() / 1000) * 1000) };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

const outletOf = (hostname: string): Outlet | undefined =>
  outlets.find(({ id }) => hostname === `${id}.example` || hostname === `${id}.localhost`);

function sourceOf(outlet: Outlet, origin: string): PressSource {
  const list = [origin + outlet.listPath];
  return {
    id: outlet.id,
    name: outlet.name,
    home: `${origin}/`,
    feeds: outlet.list === 'sitemap' ? [] : list,
    sitemaps: outlet.list === 'sitemap' ? list : [],
    sections: [],
    lang: outlet.lang,
    country: outlet.country,
  };
}

/** The address that a proxy request (absolute form) or a direct one (path and Host header) asks for. */
function addressOf(request: IncomingMessage): URL | undefined {
  const target = request.url ?? '/';
  const absolute = target.startsWith('/') ? `http://${request.headers.host ?? ''}${target}` : target;
  return URL.canParse(absolute) ? new URL(absolute) : undefined;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly location?: string;
  readonly modified?: Date;
  /** Which validators the outlet sends; real sites differ in this. */
  readonly validators?: 'both' | 'etag' | 'date';
}

function serve(outlet: Outlet, origin: string, url: URL, moment: Moment): Answer {
  const site = siteOf(outlet, origin);
  const printed = printEdition(outlet, origin, moment);
  const page = (body: { readonly text: string }, status = 200): Answer => ({
    status,
    type: 'text/html',
    body: body.text,
  });
  const validators = ({ rss: 'both', atom: 'etag', json: 'date', sitemap: 'both' } as const)[outlet.list];
  const modified = new Date(Math.max(...printed.map((each) => each.page.modified.getTime())));
  const wanted = url.pathname + url.search;

  // Whatever else stands in the query (tracking, printer page) is the article all the same.
  const article = printed.find(({ path }) =>
    path.includes('?') ? wanted === path || wanted.startsWith(`${path}&`) : url.pathname === path,
  );
  if (article) {
    return { ...page(outlet.template.article(article.page)), modified: article.page.modified, validators };
  }
  if (url.pathname === '/') {
    const odd = outlet.oddLinks.find(({ path }) => path === wanted);
    if (odd && 'redirects' in odd) return redirect(origin + pathOfSlug(outlet, odd.redirects));
    return { ...page(pages.front(outlet, site, printed)), modified, validators };
  }
  if (url.pathname === outlet.listPath) {
    const body = listText(outlet, origin, itemsOf(outlet, origin, printed));
    return { status: 200, type: feedTypes[outlet.list] ?? 'application/xml', body, modified, validators };
  }
  if (url.pathname === '/robots.txt') return { status: 200, type: 'text/plain', body: robots(outlet, origin) };
  if (url.pathname.startsWith('/media/')) return { status: 200, type: 'image/svg+xml', body: picture };

  const odd = outlet.oddLinks.find(({ path }) => path === url.pathname);
  if (odd && 'rejected' in odd && odd.rejected === 'form') return page(pages.form(outlet, site, odd.title));
  if (odd && 'rejected' in odd && odd.rejected === 'gone') return page(pages.gone(outlet, site), 410);
  const section = outlet.nav.find((label) => outlet.template.sectionPath(label) === wanted);
  if (section !== undefined) return page(pages.section(outlet, site, section, printed));
  const brief = wireHeadlines.find((title) => wirePath(outlet, title) === url.pathname);
  if (brief !== undefined) return page(pages.brief(outlet, site, brief));
  return page(pages.missing(outlet, site), 404);
}

const redirect = (location: string): Answer => ({ status: 301, type: 'text/plain', body: '', location });

const robots = (outlet: Outlet, origin: string): string =>
  `User-agent: *\nDisallow: ${outlet.disallow}\n${outlet.list === 'sitemap' ? `Sitemap: ${origin}${outlet.listPath}\n` : ''}`;

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status, body, location, modified, validators } = answer;
  response.setHeader('content-type', `${answer.type}; charset=utf-8`);
  if (location) response.setHeader('location', location);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`;
  if (validators && validators !== 'date') response.setHeader('etag', etag);
  if (validators && validators !== 'etag' && modified) response.setHeader('last-modified', modified.toUTCString());
  if (validators && isUnchanged(request, response)) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body);
}

/** RFC 9110, 13.2.2: If-None-Match decides when both are there. */
function isUnchanged(request: IncomingMessage, response: ServerResponse): boolean {
  const etag = response.getHeader('etag');
  const tags = request.headers['if-none-match'];
  if (tags !== undefined && etag !== undefined)
    return tags.split(/\s*,\s*/).some((tag) => tag.replace(/^W\//, '') === etag);
  const modified = response.getHeader('last-modified');
  const since = request.headers['if-modified-since'];
  return since !== undefined && modified !== undefined && Date.parse(since) >= Date.parse(String(modified));
}
