import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Channel, channels, isAddressOf } from '../../domain/channel.ts';
import type { Notice } from '../../domain/notice.ts';
import { type RuleRhythm, rhythms } from '../../domain/rule.ts';
import { dayMs } from '../../domain/time.ts';
import { readMessage, writeMessages } from '../../store/messages.ts';
import { pushKeys } from '../../store/push-keys.ts';
import {
  addRule,
  confirmRule,
  countConfirmations,
  endRule,
  type Rule,
  removeRule,
  ruleByToken,
  rulesOf,
} from '../../store/rules.ts';
import { subscriptionsOf } from '../../store/subscriptions.ts';
import type { User } from '../../store/users.ts';
import { comesFromHere } from '../access.ts';
import { readFollowed } from '../followed.ts';
import { acceptForms, fieldsOf } from '../form.ts';
import { askPage, rulesPage } from '../pages/rules.ts';
import { RequestError } from '../request-error.ts';
import { baseUrl, publicPath, requireUser, type Services, sendPage, siteFor } from '../services.ts';

/** So long a page waits for a message to go out, to show how it went. */
const watchMs = 6000;
/** Addresses that an account may ask to confirm in a day: a mail that nobody wanted is not sent twice. */
const confirmationsADay = 5;

/** Alerts and digests of an account, and the pages that their messages lead to. */
export async function serveRules(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(async (scope) => {
    acceptForms(scope);
    serveOwn(scope, services);
    serveLinks(scope, services);
  });
}

function serveOwn(app: FastifyInstance, services: Services): void {
  const { db, settings } = services;

  /** Mail needs a server, push a way that browsers trust. */
  const channelsFor = (request: FastifyRequest): Channel[] =>
    channels.filter((one) => {
      if (one === 'email') return settings.SMTP_URL !== undefined;
      return one !== 'push' || isTrustworthy(new URL(baseUrl(services, request)));
    });

  const requireOwn = async (request: FastifyRequest): Promise<User> => {
    if (request.method === 'POST' && !comesFromHere(request))
      throw new RequestError(403, 'Another site asked for this change; it was not made.');
    return requireUser(services, request);
  };

  async function show(request: FastifyRequest, reply: FastifyReply, user: User, said?: string): Promise<FastifyReply> {
    const address = fieldsOf(request).get('address') ?? '';
    const available = channelsFor(request);
    const [rules, followed, site, keys] = await Promise.all([
      rulesOf(db, user.id),
      subscriptionsOf(db, user.id),
      siteFor(services, request),
      available.includes('push') ? pushKeys(db) : undefined,
    ]);
    const main = rulesPage({ rules, followed, address, available, pushKey: keys?.publicKey, said });
    return sendPage(reply, site, { title: 'Alerts and digests', current: '/account', main });
  }

  app.get('/account/alerts', async (request, reply) => show(request, reply, await requireOwn(request)));

  app.post('/account/alerts', async (request, reply) => {
    const user = await requireOwn(request);
    const { filter, title } = await readFollowed(services, fieldsOf(request).get('address') ?? '');
    const rule = await addRule(
      db,
      user.id,
      { filter, title, ...readForm(fieldsOf(request), channelsFor(request)) },
      new Date(),
    );
    if (!rule) throw new RequestError(400, 'An account has 20 alerts at most; remove one first.');
    if (rule.confirmed) return show(request, reply, user, 'Added. What comes from now on is told.');
    return show(request, reply, user, await askToConfirm(user, rule, request));
  });

  app.post('/account/alerts/change', async (request, reply) => {
    const user = await requireOwn(request);
    const fields = fieldsOf(request);
    const rule = (await rulesOf(db, user.id)).find(({ id }) => id === fields.get('id'));
    if (!rule) throw new RequestError(404, 'There is no such alert (any more).');
    if (fields.get('do') === 'remove') {
      await removeRule(db, user.id, rule.id);
      return show(request, reply, user, `Removed: ${rule.title}.`);
    }
    const said = rule.confirmed ? await test(rule, request) : await askToConfirm(user, rule, request);
    return show(request, reply, user, said);
  });

  /** Sends a message now and says how that went, or that it is on its way. */
  async function send(rule: Rule, key: string, notice: Notice): Promise<string> {
    const { channel, address } = rule;
    const [message] = await writeMessages(db, [{ key, channel, address, notice, rule: rule.id }], new Date());
    if (message === undefined) return 'That was just done; please wait a minute.';
    await services.queues.add('deliver', message, { message });
    const late = performance.now() + watchMs;
    while (performance.now() < late) {
      const row = await readMessage(db, message);
      if (row?.state === 'sent') return 'Sent.';
      if (row?.lastError) return `Not sent${row.state === 'failed' ? '' : ' yet; it is tried again'}: ${row.lastError}`;
      await sleep(100);
    }
    return 'It is on its way.';
  }

  const minute = (): string => new Date().toISOString().slice(0, 16);

  const test = (rule: Rule, request: FastifyRequest): Promise<string> =>
    send(rule, `test ${rule.id} ${minute()}`, {
      title: `${settings.TITLE}: ${rule.title}`,
      lines: ['This is a test: what is new will come this way.'],
      items: [],
      link: { text: 'Your alerts', url: `${baseUrl(services, request)}/account/alerts` },
      unsubscribe: `${baseUrl(services, request)}/unsubscribe/${rule.token}`,
    });

  async function askToConfirm(user: User, rule: Rule, request: FastifyRequest): Promise<string> {
    const now = new Date();
    if ((await countConfirmations(db, user.id, new Date(now.getTime() - dayMs))) >= confirmationsADay)
      return 'Not sent: an account may ask for five confirmations a day.';
    const said = await send(rule, `confirm ${user.id} ${rule.address} ${minute().slice(0, 13)}`, {
      title: `${settings.TITLE}: may we write to you?`,
      lines: [
        `Somebody with the account '${user.name}' wants news on '${rule.title}' sent to this address.`,
        'If that was not you, do nothing: no other message will come.',
      ],
      items: [],
      link: { text: 'Yes, write to me', url: `${baseUrl(services, request)}/confirm/${rule.token}` },
    });
    return `Confirm the address by the link in the mail that goes there. ${said}`;
  }
}

/** Whether browsers trust what comes from there: by HTTPS, or from the machine itself (Secure Contexts, 3.1). */
const isTrustworthy = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

function readForm(fields: URLSearchParams, available: readonly Channel[]) {
  const channel = available.find((one) => one === fields.get('channel'));
  if (!channel) throw new RequestError(400, `'channel' is one of ${available.join(', ')}.`);
  const address = (fields.get('to') ?? '').trim();
  if (!isAddressOf(channel, address))
    throw new RequestError(400, `That is no address for ${channel}: ${expected[channel]} is expected.`);
  const every = rhythms.find((one): one is RuleRhythm => one === fields.get('every'));
  if (!every) throw new RequestError(400, `'every' is one of ${rhythms.join(', ')}.`);
  const hour = Number(fields.get('hour') ?? '6');
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) throw new RequestError(400, "'hour' is a number from 0 to 23.");
  return { channel, address, every, hour };
}

const expected: Readonly<Record<Channel, string>> = {
  email: 'a mail address such as anna@site.example',
  push: 'one that a browser gives when push is chosen in it (its script must be on)',
  ntfy: 'the address of a topic such as https://ntfy.sh/topic',
  webhook: 'an address such as https://site.example/hook',
};

/** Where messages lead to. The word in the address is the permission: nobody signs in to be left alone. */
function serveLinks(app: FastifyInstance, services: Services): void {
  const gone = 'There is no such alert (any more): nothing more will come.';
  const page = async (request: FastifyRequest, reply: FastifyReply, title: string, action: string, button: string) =>
    sendPage(reply.header('cache-control', 'no-store'), await siteFor(services, request), {
      title,
      main: askPage(title, action, button),
    });

  const requireRule = async (token: string): Promise<Rule> => {
    const rule = await ruleByToken(services.db, token.slice(0, 100));
    if (!rule) throw new RequestError(404, gone);
    return rule;
  };

  // Programs that look at links beforehand only GET: they must not end or confirm anything.
  app.get<{ Params: { token: string } }>('/unsubscribe/:token', async (request, reply) => {
    const { title, token } = await requireRule(request.params.token);
    return page(request, reply, `No more messages on ${title}?`, `/unsubscribe/${token}`, 'No more');
  });
  app.post<{ Params: { token: string } }>('/unsubscribe/:token', async (request, reply) => {
    const title = await endRule(services.db, request.params.token.slice(0, 100));
    if (title === undefined) throw new RequestError(404, gone);
    return reply.type('text/plain; charset=utf-8').send(`Done: no more messages on ${title}.\n`);
  });
  app.get<{ Params: { token: string } }>('/confirm/:token', async (request, reply) => {
    const { title, token } = await requireRule(request.params.token);
    return page(request, reply, `Get messages on ${title} here?`, `/confirm/${token}`, 'Yes, send them');
  });
  app.post<{ Params: { token: string } }>('/confirm/:token', async (request, reply) => {
    if (!(await confirmRule(services.db, request.params.token.slice(0, 100), new Date())))
      throw new RequestError(404, gone);
    return reply.header('cache-control', 'no-store').redirect(`${publicPath(services.settings)}/account/alerts`, 303);
  });
}
