import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Filter } from '../../domain/filter.ts';
import { requestHub } from '../../store/hub.ts';
import { faceOf } from '../../store/read/story-cards.ts';
import { explainFailure, type Failure } from '../errors.ts';
import { readAddress, UnknownFilterError } from '../filter.ts';
import { acceptForms, fieldsOf } from '../form.ts';
import { isId, requireSource } from '../parameters.ts';
import { RequestError } from '../request-error.ts';
import { publicBase, publicPath, type Services } from '../services.ts';

const day = 86_400;
const lease = { shortest: 300, usual: 10 * day, longest: 30 * day } as const;
const longestUrl = 2000;
/** The specification's own limit, in bytes. */
const longestSecret = 199;

const greeting = `WebSub hub

Subscribe to any feed of this wire with a POST of hub.mode, hub.topic, hub.callback, and if you like hub.secret and hub.lease_seconds
(https://www.w3.org/TR/websub/). The callback is asked whether it wants that; then it gets the feed whenever something is new in it.
`;

/** `/hub`: the wire's own WebSub hub, where PUBLIC_URL says under which address feeds are known and no other hub is named. */
export async function serveHub(app: FastifyInstance, services: Services): Promise<void> {
  const { PUBLIC_URL, HUB_URL } = services.settings;
  if (PUBLIC_URL === undefined || HUB_URL !== undefined) return;
  await app.register(async (scope) => {
    acceptForms(scope);
    // Programs read a line of text, no page.
    scope.setErrorHandler<Failure>((error, request, reply) => {
      const { status, message } = explainFailure(error, request);
      if (status === 429) reply.header('retry-after', '3600');
      if (status === 503) reply.header('retry-after', '60');
      const text = status === 500 ? 'The hub cannot answer now.' : message;
      return reply.status(status).type('text/plain; charset=utf-8').send(`${text}\n`);
    });
    scope.get('/hub', async (_request, reply) =>
      reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(greeting),
    );
    scope.post('/hub', async (request, reply) => {
      const asked = readRequest(request, publicBase(services.settings));
      const found = await readTopic(services, asked.topic);
      const mode = found.reason === null ? asked.mode : 'denied';
      const id = await requestHub(services.db, { ...asked, ...found, mode }, new Date());
      if (id === undefined)
        throw new RequestError(
          429,
          'This host has asked too often in the last hour, or has too many subscriptions here.',
        );
      await services.queues.add('deliver', `verify ${id}`, { verify: id });
      return reply.status(202).type('text/plain; charset=utf-8').send('The callback is asked whether it wants that.\n');
    });
  });
}

function readRequest(request: FastifyRequest, base: string) {
  const fields = fieldsOf(request);
  const once = (name: string): string => fields.get(`hub.${name}`)?.trim() ?? '';
  const mode = once('mode');
  if (mode !== 'subscribe' && mode !== 'unsubscribe')
    throw new RequestError(
      400,
      "'hub.mode' is subscribe or unsubscribe; this hub is told of news by its own wire only.",
    );
  const [topic, callback, secret] = [once('topic'), once('callback'), once('secret')];
  if (topic.length > longestUrl || !topic.startsWith(`${base}/`))
    throw new RequestError(400, `'hub.topic' is the address of a feed of this wire, such as ${base}/feed.xml.`);
  const url = callback.length <= longestUrl && URL.canParse(callback) ? new URL(callback) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || url.hash !== '')
    throw new RequestError(400, "'hub.callback' is an http(s) address without name, password or fragment.");
  if (Buffer.byteLength(secret) > longestSecret)
    throw new RequestError(400, `'hub.secret' has ${longestSecret} bytes at most.`);
  const seconds = once('lease_seconds');
  if (!/^\d{0,12}$/.test(seconds)) throw new RequestError(400, "'hub.lease_seconds' is a whole number.");
  const leaseSeconds =
    seconds === '' ? lease.usual : Math.min(lease.longest, Math.max(lease.shortest, Number(seconds)));
  return { mode, topic, callback: url.href, secret: secret === '' ? null : secret, leaseSeconds } as const;
}

/** What is in the feed at that address, or why it is none of this wire, as the callback is told. */
async function readTopic(services: Services, topic: string): Promise<{ filter: Filter; reason: string | null }> {
  const { pathname, searchParams } = new URL(topic);
  const path = pathname.slice(publicPath(services.settings).length);
  const no = (reason: string) => ({ filter: {}, reason });
  const [, story] = /^\/story\/([^/]+)\/feed\.(?:xml|atom|json)$/.exec(path) ?? [];
  if (story !== undefined) {
    const isStory = isId(story) && (await faceOf(services.db, story)) !== undefined;
    return isStory ? { filter: { story }, reason: null } : no('There is no such story (any more).');
  }
  try {
    const { feed, filter } = readAddress(path, { q: searchParams.get('q') ?? undefined }, services.labels);
    if (filter.source !== undefined) await requireSource(services.db, filter.source);
    return feed === undefined
      ? no('That is a page; its feeds are feed.xml, feed.atom and feed.json below it.')
      : { filter, reason: null };
  } catch (error) {
    if (!(error instanceof UnknownFilterError)) throw error;
    return no(error.message.slice(0, 300));
  }
}
