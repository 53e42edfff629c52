import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FeedForm, FeedFormat, Filter } from '../../domain/filter.ts';
import { faceOf } from '../../store/read/story-cards.ts';
import { isNotModified } from '../conditional.ts';
import type { FastAnswers } from '../fast-answers.ts';
import { archivePlace } from '../feeds/archive-place.ts';
import { ItemReader } from '../feeds/read-items.ts';
import { writeFeed } from '../feeds/write-feed.ts';
import { feedAddress } from '../filter.ts';
import { readNames } from '../names.ts';
import { filterTitle } from '../pages/labels.ts';
import { RenderCache } from '../render-cache.ts';
import { baseUrl, cacheable, type Services } from '../services.ts';

/** A feed as it is sent, ready in every encoding that readers ask for. */
interface RenderedFeed {
  readonly digest: string;
  readonly lastModified: Date;
  readonly bodies: Readonly<Record<Encoding, Buffer>>;
}

const encodings = ['br', 'gzip', 'identity'] as const;
type Encoding = (typeof encodings)[number];

const contentTypes: Readonly<Record<FeedFormat, string>> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

/** Feeds kept rendered; each holds some hundred kB in its three encodings. */
const keptFeeds = 100;
const keptMs = 60_000;

const compressGzip = promisify(gzip);
const compressBrotli = promisify(brotliCompress);

/** Atom wants to know when an empty feed changed; it never did. */
const wireBegan = new Date(Date.UTC(2026, 0));

/** What a hub is told of are the feeds as they stand without further wishes. */
const hubOf = async (services: Services, form: FeedForm): Promise<string | undefined> =>
  Object.values(form).some((wish) => wish !== undefined) ? undefined : services.hub();

/** A secret address at which a filter stands. */
export interface SecretPlace {
  readonly path: string;
  readonly about: string;
}

interface AskedFeed {
  readonly filter: Filter;
  readonly format: FeedFormat;
  readonly form: FeedForm;
  readonly place?: SecretPlace | undefined;
}

export interface FeedSender {
  /** Answers with the feed of a filter, or with 304 when the reader has it. */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    filter: Filter,
    format: FeedFormat,
    form: FeedForm,
    place?: SecretPlace,
  ): Promise<FastifyReply>;
}

/**
 * Renders feeds once for each version of the store.
 * @param fast keeps what was sent, for those who ask the same
 */
export function openFeeds(services: Services, fast: FastAnswers): FeedSender {
  const cache = new RenderCache<RenderedFeed>(keptFeeds, keptMs);
  const reader = new ItemReader(services.db);
  const { settings } = services;

  const render = async (base: string, asked: AskedFeed, earlier: RenderedFeed | undefined): Promise<RenderedFeed> => {
    const { filter, format, form, place } = asked;
    const kind = form.items ?? settings.FEED_ITEMS;
    const names = await readNames(services);
    const limit = form.limit ?? settings.FEED_LIMIT;
    const read = await reader.read(filter, kind, form, limit, { names, base, full: form.text !== 'summary' });
    const unit = kind === 'article' || kind === 'story' ? kind : undefined;
    const archive =
      unit && (await archivePlace(services.db, { ...asked, base, unit, oldest: read.oldest, now: new Date() }));
    const face = filter.story === undefined ? undefined : await faceOf(services.db, filter.story);
    const changedAt = read.changedAt ?? wireBegan;
    const text = writeFeed({
      ...{ base, filter, format, form, kind, changedAt },
      about: place?.about ?? face?.title ?? filterTitle(filter, names),
      self: `${base}${feedAddress(filter, format, form, place?.path)}`,
      title: settings.TITLE,
      hub: place ? undefined : await hubOf(services, form),
      items: read.items,
      archive,
    });
    const digest = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    // What another filter got changes the store's version but not this feed: its readers are told 'not modified'.
    if (earlier?.digest === digest) return earlier;
    const identity = Buffer.from(text);
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
    const [br, zipped] = await Promise.all([compressBrotli(identity, quality), compressGzip(identity)]);
    const lastModified = stamp(changedAt, earlier?.lastModified, new Date());
    return { digest, lastModified, bodies: { br, gzip: zipped, identity } };
  };

  return {
    async send(request, reply, filter, format, form, place) {
      const base = baseUrl(services, request);
      const heard = services.changes.version();
      const version = heard ?? (await services.askVersion());
      const address = feedAddress(filter, format, form, place?.path);
      const hub = place ? undefined : await hubOf(services, form);
      // What an account mutes does not stand in the address.
      const feed = await cache.get(
        `${base}${address} ${JSON.stringify(filter)}`,
        version,
        performance.now(),
        (earlier) => render(base, { filter, format, form, place }, earlier),
      );
      const encoding = chooseEncoding(request.headers['accept-encoding']);
      // A strong validator stands for the very bytes, so each encoding has its own (RFC 9110 §8.8.1).
      const etag = `"${feed.digest}-${encoding}"`;
      // Several changes within one second run ahead of the clock; a time to come must not be sent.
      const lastModified = feed.lastModified.getTime() <= Date.now() ? feed.lastModified : undefined;
      if (lastModified) reply.header('last-modified', lastModified.toUTCString());
      reply
        .header('etag', etag)
        // Asking again is cheap, and what a hub was told of must not wait for a cache to expire.
        .header('cache-control', `${place ? 'private' : cacheable(services.settings)}, max-age=0, must-revalidate`)
        .header('vary', 'accept-encoding')
        .header('link', links(hub, `${base}${address}`));
      if (isNotModified(request.headers, { etag, lastModified })) return reply.status(304).send();
      if (encoding !== 'identity') reply.header('content-encoding', encoding);
      const body = feed.bodies[encoding];
      reply.type(contentTypes[format]).header('content-length', body.length);
      // One that is revoked must not be given again.
      if (heard !== undefined && lastModified && !place)
        fast.keep(request.raw, request.originalUrl, {
          validators: { etag, lastModified },
          headers: reply.getHeaders() as OutgoingHttpHeaders,
          body,
          version,
          expiresAt: performance.now() + keptMs,
        });
      return reply.send(body);
    },
  };
}

/** Where to subscribe and what to subscribe to, as WebSub asks for (https://www.w3.org/TR/websub/#discovery). */
const links = (hub: string | undefined, self: string): string =>
  `${hub === undefined ? '' : `<${hub}>; rel="hub", `}<${self}>; rel="self"`;

/**
 * The second that stands for a change in `Last-Modified`: before the present one, because what comes later in the same second could not
 * be told from it (RFC 9110 §8.8.2.2); and after the earlier feed's, because a transaction that began first may have ended last.
 */
export function stamp(changedAt: Date, earlier: Date | undefined, now: Date): Date {
  const second = (at: Date): number => Math.floor(at.getTime() / 1000);
  const past = Math.min(second(changedAt), second(now) - 1);
  return new Date(Math.max(past, earlier ? second(earlier) + 1 : 0) * 1000);
}

/** The smallest encoding that the reader accepts: what it names without `q=0`, else plain bytes. */
function chooseEncoding(accepted: string | undefined): Encoding {
  const refused = /;\s*q=0(?:\.0*)?\s*$/;
  const names = (accepted ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !refused.test(part))
    .map((part) => part.split(';', 1)[0]?.trim());
  return encodings.find((encoding) => names.includes(encoding)) ?? 'identity';
}
