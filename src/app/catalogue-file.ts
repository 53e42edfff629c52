import { createHash } from 'node:crypto';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CatalogueError, readCatalogue } from '../catalogue/catalogue.ts';
import { addSources, removeSource } from '../catalogue/edit-catalogue.ts';
import { addEntry, entryOf, replaceEntry } from '../catalogue/edit-entry.ts';
import { fieldsOfEntry, withFields } from '../catalogue/entry-fields.ts';
import { sourcesFromFeeds } from '../catalogue/new-sources.ts';
import type { Log } from '../domain/log.ts';
import type { CatalogueEditor, EditResult } from '../web/catalogue-editor.ts';
import type { Catalogue } from './catalogue.ts';

/** The catalogue's file while a process crawls it. */
export interface CatalogueFile extends CatalogueEditor {
  close(): Promise<void>;
}

/** Notices of the system are lost on network folders and in containers; a look at the file costs nothing. */
const lookEveryMs = 1000;

const versionOf = (entry: string): string => createHash('sha256').update(entry).digest('hex').slice(0, 16);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Watches the file and edits it. A change takes effect at once; one that is broken is told, and the catalogue of before goes on.
 * @param onChange makes the wire crawl what the file now lists
 */
export async function openCatalogueFile(
  name: string,
  onChange: (catalogue: Catalogue) => Promise<void>,
  log: Log,
): Promise<CatalogueFile> {
  let applied = await readFile(name, 'utf8');
  let mistake: string | undefined;
  let seen = '';
  let queue: Promise<unknown> = Promise.resolve();
  /** One edit or look at a time. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  };

  function complain(message: string): void {
    if (mistake !== message)
      log.error({ mistake: message }, 'the catalogue was changed and is broken; the one of before goes on');
    mistake = message;
  }

  /** Looks whether the file has changed. */
  async function look(): Promise<void> {
    try {
      const { mtimeMs, size, ino } = await stat(name);
      const now = `${mtimeMs} ${size} ${ino}`;
      if (now === seen) return;
      const text = await readFile(name, 'utf8');
      if (text !== applied) {
        const sources = readCatalogue(text, name);
        await onChange({ name, sources });
        applied = text;
        log.info({ sources: sources.length }, 'the catalogue was changed');
      }
      mistake = undefined;
      // Only now: what could not be applied is tried again with the next look.
      seen = now;
    } catch (error) {
      complain(messageOf(error));
    }
  }

  const stop = new AbortController();
  const watching = (async () => {
    while (!stop.signal.aborted) {
      await inTurn(look);
      await sleep(lookEveryMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    }
  })();

  /** Edits the file as it is now, and makes the change count. */
  const edit = (change: (text: string) => { text: string; id: string } | EditResult): Promise<EditResult> =>
    inTurn(async () => {
      try {
        const text = await readFile(name, 'utf8');
        const changed = change(text);
        if ('kind' in changed) return changed;
        if (changed.text !== text) await replaceFile(name, text, changed.text);
        await look();
        return { kind: 'done', id: changed.id };
      } catch (error) {
        if (error instanceof CatalogueError) return { kind: 'refused', message: error.message };
        return { kind: 'refused', message: `${name} cannot be changed: ${messageOf(error)}` };
      }
    });

  /** The entry when it is still the one that was edited; else how it stands now. */
  const conflictOf = (text: string, id: string, version: string): EditResult | undefined => {
    const entry = entryOf(text, id);
    if (entry === undefined)
      return { kind: 'refused', message: `There is no source '${id}' in ${name} any more; somebody has removed it.` };
    return versionOf(entry) === version ? undefined : { kind: 'conflict', entry, version: versionOf(entry) };
  };

  return {
    name,
    mistake: () => mistake,
    async entry(id) {
      const entry = entryOf(await readFile(name, 'utf8'), id);
      return entry === undefined ? undefined : { entry, version: versionOf(entry) };
    },
    fields: fieldsOfEntry,
    withFields,
    save: (id, entry, version) =>
      edit((text) => conflictOf(text, id, version) ?? { text: replaceEntry(text, id, entry, name), id }),
    add: (entry) => edit((text) => addEntry(text, entry, name)),
    remove: (id, version) =>
      edit((text) => conflictOf(text, id, version) ?? { text: removeSource(text, id, name) ?? text, id }),
    async importFeeds(feeds) {
      const known: string[] = [];
      let added: ReturnType<typeof sourcesFromFeeds> = [];
      const result = await edit((text) => {
        const sources = readCatalogue(text, name);
        const listed = new Set(sources.flatMap((source) => source.feeds));
        known.push(...feeds.filter(({ feedUrl }) => listed.has(feedUrl)).map(({ feedUrl }) => feedUrl));
        const fresh = feeds.filter(({ feedUrl }) => !listed.has(feedUrl));
        added = sourcesFromFeeds(fresh, sources);
        return { text: addSources(text, added, name), id: '' };
      });
      if (result.kind !== 'done') return { added: [], known, refused: result.kind === 'refused' ? result.message : '' };
      return { added: added.map((one) => ({ id: one.id, name: one.name, feeds: one.feeds.length })), known };
    },
    async close() {
      stop.abort();
      await watching;
    },
  };
}

/** Puts a new text in the place of the old one, whole or not at all. @throws when somebody was faster */
async function replaceFile(name: string, before: string, after: string): Promise<void> {
  const file = await realpath(name);
  const { mode } = await stat(file);
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`);
  try {
    await writeFile(draft, after, { mode, flush: true });
    if ((await readFile(file, 'utf8')) !== before) throw new Error('it was changed at the same moment; try again');
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
