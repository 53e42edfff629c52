import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readOpml } from '../../../../feeds/read/opml.ts';
import { type EntryFields, entryFields } from '../../../domain/entry-fields.ts';
import type { CatalogueEditor, EditResult } from '../../catalogue-editor.ts';
import { fieldsOf } from '../../form.ts';
import { addPage, type EntryForm, entryPage } from '../../pages/admin/edit.ts';
import { sourceAddress } from '../../pages/admin/parts.ts';
import type { Query } from '../../query.ts';
import { RequestError } from '../../request-error.ts';
import type { Services } from '../../services.ts';
import type { TriedListing } from '../../trial.ts';
import { leadTo, note } from './actions.ts';
import { sendAdmin } from './pages.ts';

const longestEntry = 20_000;
const blank = `id: paper
name: The Paper
home: https://paper.example/
feeds:
  - https://paper.example/feed.xml
`;

/** The process that loads the catalogue edits it; another one, on another machine maybe, has no file to edit. */
function editorOf({ catalogue }: Services): CatalogueEditor {
  if (catalogue) return catalogue;
  throw new RequestError(
    409,
    "This process does not load the catalogue, so it cannot edit it: open this page at the process of 'courant start', or edit the file by hand.",
  );
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Adding, editing, trying and removing sources; the catalogue's file stays the truth. */
export function serveEdit(app: FastifyInstance, services: Services): void {
  const sendEntry = (
    request: FastifyRequest,
    reply: FastifyReply,
    form: Omit<EntryForm, 'file' | 'fields' | 'mistake'>,
  ): Promise<FastifyReply> => {
    const { name: file, mistake, fields } = editorOf(services);
    const title = form.id === undefined ? 'Add a source' : `Edit ${form.id}`;
    return sendAdmin(services, request, reply, {
      title,
      current: '/admin/sources',
      main: entryPage({ ...form, file, fields: fields(form.entry), mistake: mistake() }),
    });
  };
  const sendAdd = (
    request: FastifyRequest,
    reply: FastifyReply,
    asked: Parameters<typeof addPage>[0],
  ): Promise<FastifyReply> =>
    sendAdmin(services, request, reply, { title: 'Add a source', current: '/admin/sources', main: addPage(asked) });

  /** Shows again what was not saved, with why. */
  const showAgain = (
    request: FastifyRequest,
    reply: FastifyReply,
    form: Omit<EntryForm, 'file' | 'fields' | 'mistake'>,
    result: Exclude<EditResult, { kind: 'done' }>,
  ): Promise<FastifyReply> => {
    const isConflict = result.kind === 'conflict';
    reply.status(isConflict ? 409 : 422);
    return sendEntry(
      request,
      reply,
      isConflict ? { ...form, version: result.version, theirs: result.entry } : { ...form, refused: result.message },
    );
  };

  async function tryEntry(entry: string): Promise<{ tried?: readonly TriedListing[]; refused?: string }> {
    if (!services.trial) return { refused: 'Nothing can be tried in this process.' };
    try {
      return { tried: await services.trial.check(entry) };
    } catch (error) {
      return { refused: messageOf(error) };
    }
  }

  /** The text of a form, with those fields in it that were changed beside it. */
  const entryIn = (request: FastifyRequest): { entry: string; changed: Partial<EntryFields> | undefined } => {
    const given = fieldsOf(request);
    const sent = given.get('entry') ?? '';
    if (sent.trim() === '' || sent.length > longestEntry)
      throw new RequestError(400, `An entry of 1 to ${longestEntry} characters is expected.`);
    const textOf = (text: string): string => `${text.replaceAll('\r\n', '\n').trim()}\n`;
    const [text, base] = [textOf(sent), textOf(given.get('base') ?? '')];
    const { fields, withFields } = editorOf(services);
    const before = fields(base);
    if (!before) return { entry: text, changed: undefined };
    const pairs = entryFields.flatMap((field) => {
      const value = given.get(field)?.replaceAll('\r\n', '\n');
      return value === undefined || value.trim() === before[field] ? [] : [[field, value]];
    });
    const changed: Partial<EntryFields> = Object.fromEntries(pairs);
    // Fields alone were changed: then they can be written into another text too.
    return { entry: withFields(text, changed), changed: text === base ? changed : undefined };
  };

  app.get<{ Params: { id: string } }>('/admin/sources/:id/edit', async (request, reply) => {
    const { id } = request.params;
    const known = await editorOf(services).entry(id);
    if (!known) throw new RequestError(404, `There is no source '${id}' in the catalogue.`);
    return sendEntry(request, reply, { id, ...known });
  });

  app.post<{ Params: { id: string } }>('/admin/sources/:id/edit', async (request, reply) => {
    const { id } = request.params;
    const { entry, changed } = entryIn(request);
    const version = fieldsOf(request).get('version') ?? '';
    if (fieldsOf(request).get('do') === 'try')
      return sendEntry(request, reply, { id, entry, version, ...(await tryEntry(entry)) });
    const result = await editorOf(services).save(id, entry, version);
    if (result.kind === 'conflict' && changed) {
      const merged = editorOf(services).withFields(result.entry, changed);
      return showAgain(request, reply, { id, entry: merged, version, merged: true }, result);
    }
    if (result.kind !== 'done') return showAgain(request, reply, { id, entry, version }, result);
    await note(services, request, 'edit', id);
    return leadTo(services, reply, sourceAddress(id), 'saved');
  });

  app.post<{ Params: { id: string } }>('/admin/sources/:id/remove', async (request, reply) => {
    const { id } = request.params;
    const result = await editorOf(services).remove(id, fieldsOf(request).get('version') ?? '');
    if (result.kind === 'conflict')
      return showAgain(request, reply, { id, entry: result.entry, version: result.version }, result);
    if (result.kind === 'refused') throw new RequestError(409, result.message);
    await note(services, request, 'remove', id);
    return leadTo(services, reply, sourceAddress(id), 'removed');
  });

  app.get<{ Querystring: Query }>('/admin/add', async (request, reply) => {
    editorOf(services);
    return request.query.blank === '1'
      ? sendEntry(request, reply, { id: undefined, entry: blank, version: '' })
      : sendAdd(request, reply, { url: '' });
  });

  app.post('/admin/add', async (request, reply) => {
    const fields = fieldsOf(request);
    if (fields.get('do') === 'look') return look(request, reply, (fields.get('url') ?? '').trim().slice(0, 2000));
    const { entry } = entryIn(request);
    if (fields.get('do') === 'try')
      return sendEntry(request, reply, { id: undefined, entry, version: '', ...(await tryEntry(entry)) });
    const result = await editorOf(services).add(entry);
    if (result.kind !== 'done') return showAgain(request, reply, { id: undefined, entry, version: '' }, result);
    await note(services, request, 'add', result.id);
    return leadTo(services, reply, sourceAddress(result.id), 'added');
  });

  async function look(request: FastifyRequest, reply: FastifyReply, word: string): Promise<FastifyReply> {
    const url = /^[a-z][a-z\d+.-]*:/i.test(word) ? word : `https://${word}`;
    if (!/^https?:/i.test(url) || !URL.canParse(url))
      return sendAdd(request, reply.status(422), { url: word, failed: `'${word}' is not the address of a site.` });
    if (!services.trial) return sendAdd(request, reply, { url, failed: 'Nothing can be tried in this process.' });
    try {
      const { entry, listings, notes } = await services.trial.discover(url);
      return await sendEntry(request, reply, { id: undefined, entry, version: '', tried: listings, notes });
    } catch (error) {
      return sendAdd(request, reply.status(422), { url: word, failed: `${url}: ${messageOf(error)}` });
    }
  }

  app.post('/admin/import', async (request, reply) => {
    const opml = fieldsOf(request).get('opml') ?? '';
    try {
      const report = await editorOf(services).importFeeds(readOpml(opml));
      const added = report.added.map(({ id }) => id);
      if (added.length > 0) await note(services, request, 'import', `${added.length} sources`, added.join(', '));
      return await sendAdd(request, reply, { url: '', report });
    } catch (error) {
      if (error instanceof RequestError) throw error;
      return sendAdd(request, reply.status(422), { url: '', failed: messageOf(error) });
    }
  });
}
