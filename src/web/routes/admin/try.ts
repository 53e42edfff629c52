import type { FastifyInstance } from 'fastify';
import { storedEntry } from '../../../store/sources.ts';
import { fieldsOf } from '../../form.ts';
import { type TryForm, tryPage } from '../../pages/admin/try.ts';
import type { Query } from '../../query.ts';
import type { Services } from '../../services.ts';
import { sendAdmin, textOf } from './pages.ts';

/** As much as the server takes of a form. */
const longestPage = 900_000;
const mostSelectors = 50;

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, mostSelectors);

/** Extraction before the operator's eyes. */
export function serveTry(app: FastifyInstance, services: Services): void {
  const title = 'Try a page';

  app.get<{ Querystring: Query }>('/admin/try', async (request, reply) => {
    const source = textOf(request.query.source);
    const entry = source === undefined ? undefined : (await storedEntry(services.db, source))?.source;
    const form = {
      url: textOf(request.query.url) ?? '',
      html: '',
      keep: entry?.keep.join('\n') ?? '',
      remove: entry?.remove.join('\n') ?? '',
    };
    return sendAdmin(services, request, reply, { title, current: '/admin/try', main: tryPage(form) });
  });

  app.post('/admin/try', async (request, reply) => {
    const fields = fieldsOf(request);
    const field = (name: string): string => (fields.get(name) ?? '').slice(0, longestPage);
    const form: TryForm = {
      url: field('url').trim(),
      html: field('html'),
      keep: field('keep'),
      remove: field('remove'),
    };
    const answer = await tried(services, form);
    if (answer.failed !== undefined) reply.status(422);
    return sendAdmin(services, request, reply, { title, current: '/admin/try', main: tryPage({ ...form, ...answer }) });
  });
}

async function tried({ trial }: Services, form: TryForm): Promise<Pick<TryForm, 'failed' | 'page'>> {
  const { url, html } = form;
  const pasted = html.trim() === '' ? undefined : html;
  if (!trial) return { failed: 'Nothing can be tried in this process.' };
  if (pasted === undefined && !(/^https?:/i.test(url) && URL.canParse(url)))
    return {
      failed: url === '' ? 'Give an address, or paste the HTML.' : `'${url.slice(0, 200)}' is not an http(s) address.`,
    };
  try {
    return { page: await trial.page({ url, html: pasted, keep: linesOf(form.keep), remove: linesOf(form.remove) }) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
