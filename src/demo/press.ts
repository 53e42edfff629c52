import { feedTypes, type Moment, printEdition, siteOf, wirePath } from './edition.ts';
import { wireHeadlines } from './headlines.ts';
import { type Answer, openHostServer } from './host-server.ts';
import { itemsOf, listText, pathOfSlug } from './lists.ts';
import type { Outlet } from './outlet.ts';
import { outlets } from './outlets.ts';
import { pages, pressIndex } from './pages.ts';
import { pictureAt } from './pictures.ts';
import { ticker, tickerPage, tickerTruth } from './ticker.ts';
import { type Truth, truthOf } from './truth.ts';

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
  readonly take?: 'headlines';
}

/** What happens in the world of the press after it opened, state by state. */
export const changes = [
  'the ferry off Vis floats again (live page), Niš adds a tram stop (update), and its pupils win a prize (new article)',
  'The Morava Courier prints the agency text on the Danube charts (copy), and the live page goes on',
  'the Black Sea Ledger corrects the price of its ferry (correction)',
  'The Morava Courier takes down its report on the handball cup (withdrawal)',
] as const;

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
   * Moves the world on by one of `changes`, and gives what happened; undefined when nothing more happens.
   * @param now later than the press opened and than the state before
   */
  readonly advance: (now?: Date) => string | undefined;
  /** Stops listening and drops all connections. Closing twice is harmless. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the example press: five invented outlets and a ticker behind one loopback port, which serves each request by its host name,
 * whether it comes as a proxy request (absolute form or CONNECT) or as a direct one.
 *
 * @throws when the port is taken
 */
export async function openPress(options: PressOptions = {}): Promise<Press> {
  const names = options.names ?? 'example';
  let moment: Moment = { opened: options.now ?? new Date(), states: [] };

  const originOf = (outlet: Pick<Outlet, 'id'>, kind: 'example' | 'localhost'): string =>
    kind === 'example' ? `http://${outlet.id}.example` : `http://${outlet.id}.localhost:${port}`;

  function answer(url: URL): Answer {
    const outlet = outletOf(url.hostname);
    if (outlet) {
      const origin = originOf(outlet, url.hostname.endsWith('.example') ? 'example' : 'localhost');
      return serve(outlet, origin, url, moment);
    }
    if (isHostOf(ticker, url.hostname)) return serveTicker(url, moment);
    if (url.hostname === '127.0.0.1' || url.hostname === 'localhost') {
      const sites = [
        ...outlets.map((each) => siteOf(each, originOf(each, 'localhost'))),
        { ...ticker, origin: originOf(ticker, 'localhost') },
      ];
      return { status: 200, type: 'text/html', body: pressIndex(sites).text };
    }
    return { status: 502, type: 'text/plain', body: `The press knows no host ${url.hostname}.\n` };
  }

  const server = await openHostServer({
    port: options.port ?? 0,
    knows: (hostname) => outletOf(hostname) !== undefined || isHostOf(ticker, hostname),
    answer,
    onAnswer: (request, url, status) =>
      options.onRequest?.({
        host: url?.host ?? '',
        path: url ? url.pathname + url.search : '',
        status,
        userAgent: request.headers['user-agent'],
      }),
  });
  const { port, close } = server;
  return {
    port,
    proxy: `http://127.0.0.1:${port}`,
    sources: [
      ...outlets.map((outlet) => sourceOf(outlet, originOf(outlet, names))),
      tickerSource(`${originOf(ticker, names)}/`),
    ],
    truth() {
      const truths = outlets.map((outlet) => {
        const origin = originOf(outlet, names);
        return truthOf(outlet, origin, printEdition(outlet, origin, moment));
      });
      const headlines = tickerTruth(originOf(ticker, names), moment.opened);
      return {
        articles: truths.flatMap(({ articles }) => articles),
        headlines,
        links: [
          ...truths.flatMap(({ links }) => links),
          ...headlines.map(({ url }) => ({ url, kind: 'headline' as const })),
        ],
      };
    },
    advance(now = new Date()) {
      const change = changes[moment.states.length];
      // HTTP dates know seconds only, and a revision must be later than what it revises.
      if (change !== undefined)
        moment = { ...moment, states: [...moment.states, new Date(Math.floor(now.getTime() / 1000) * 1000)] };
      return change;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

const isHostOf = ({ id }: Pick<Outlet, 'id'>, hostname: string): boolean =>
  hostname === `${id}.example` || hostname === `${id}.localhost`;

const outletOf = (hostname: string): Outlet | undefined => outlets.find((outlet) => isHostOf(outlet, hostname));

const tickerSource = (home: string): PressSource => {
  const { id, name, lang, country } = ticker;
  return { id, name, home, feeds: [], sitemaps: [], sections: [home], lang, country, take: 'headlines' };
};

function serveTicker(url: URL, moment: Moment): Answer {
  if (url.pathname === '/')
    return {
      status: 200,
      type: 'text/html',
      body: tickerPage(url.origin, moment.opened).text,
      modified: moment.opened,
      validators: 'both',
    };
  if (url.pathname === '/robots.txt')
    return { status: 200, type: 'text/plain', body: `User-agent: *\nDisallow: ${ticker.disallow}\n` };
  return { status: 403, type: 'text/plain', body: 'For subscribers only.\n' };
}

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
  if (article?.withdrawn) return page(pages.gone(outlet, site), 410);
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
  if (url.pathname.startsWith('/media/')) return { status: 200, ...pictureAt(url.pathname) };

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
