import {
  follow,
  moveFolder,
  renameSubscription,
  type Subscription,
  subscriptionsOf,
  unfollow,
} from '../../store/subscriptions.ts';
import type { User } from '../../store/users.ts';
import { pageAddress, readAddress } from '../filter.ts';
import { readNames } from '../names.ts';
import { filterTitle } from '../pages/labels.ts';
import { RequestError } from '../request-error.ts';
import { baseUrl, publicPath, type Services } from '../services.ts';
import { type Answer, folderOf, textOf } from './request.ts';
import { feedStream, folderStream, readStream, states } from './streams.ts';

/** The calls on what an account follows: list, follow, rename, folders. */
export function subscriptionAnswers(services: Services): Readonly<Record<string, Answer>> {
  const { db } = services;
  /** Follows the filter of an address of ours. */
  async function followAddress(
    user: User,
    address: string,
    title: string | undefined,
    folder: string | null,
  ): Promise<Subscription> {
    const path = publicPath(services.settings);
    const url = URL.canParse(address, 'http://wire') ? new URL(address, 'http://wire') : undefined;
    if (!url) throw new RequestError(400, 'Error=BadRequest: an address of a page or feed of this wire is expected');
    const terms = Object.fromEntries(url.searchParams);
    const local = url.pathname.startsWith(`${path}/`) ? url.pathname.slice(path.length) : url.pathname;
    let filter: ReturnType<typeof readAddress>['filter'];
    try {
      ({ filter } = readAddress(local, { q: terms.q }, services.labels));
    } catch (error) {
      throw new RequestError(404, `Error=NotFound: ${(error as Error).message}`);
    }
    const name = title ?? filterTitle(filter, await readNames(services)) ?? 'All news';
    return { id: await follow(db, user.id, filter, name, folder), filter, title: name, folder, secret: null };
  }

  return {
    'tag/list': async ({ user }) => {
      const folders = new Set((await subscriptionsOf(db, user.id)).flatMap(({ folder }) => folder ?? []));
      return {
        tags: [{ id: states.starred }, ...[...folders].map((name) => ({ id: folderStream(name), type: 'folder' }))],
      };
    },
    'subscription/list': async ({ user, request }) => {
      const base = baseUrl(services, request);
      return {
        subscriptions: (await subscriptionsOf(db, user.id)).map(({ id, filter, title, folder }) => ({
          id: feedStream(id),
          title,
          categories: folder === null ? [] : [{ id: folderStream(folder), label: folder }],
          url: base + pageAddress(filter),
          htmlUrl: base + pageAddress(filter),
          iconUrl: '',
        })),
      };
    },
    'subscription/edit': async ({ user, fields }) => {
      const title = textOf(fields, 't');
      const added = folderOf(fields.getAll('a'));
      const removed = folderOf(fields.getAll('r'));
      for (const name of fields.getAll('s')) {
        const stream = readStream(name);
        if (fields.get('ac') === 'subscribe') {
          await followAddress(user, name.replace(/^feed\//, ''), title, added ?? null);
          continue;
        }
        if (stream?.kind !== 'feed')
          throw new RequestError(404, `Error=NotFound: there is no feed '${name.slice(0, 100)}'`);
        if (fields.get('ac') === 'unsubscribe') await unfollow(db, user.id, stream.id);
        else if (fields.get('ac') === 'edit') {
          const folder = added ?? (removed === undefined ? undefined : null);
          const changes = { ...(title ? { title } : {}), ...(folder === undefined ? {} : { folder }) };
          if (!(await renameSubscription(db, user.id, stream.id, changes)))
            throw new RequestError(404, `Error=NotFound: there is no feed '${name}'`);
        } else throw new RequestError(400, "Error=BadRequest: 'ac' is subscribe, unsubscribe or edit");
      }
      return 'OK';
    },
    'rename-tag': async ({ user, fields }) => {
      const [from, to] = [folderOf(fields.getAll('s')) ?? textOf(fields, 't'), folderOf(fields.getAll('dest'))];
      if (to === undefined) throw new RequestError(400, "Error=BadRequest: 'dest' is user/-/label/ and the new name");
      if (from === undefined || (await moveFolder(db, user.id, from, to)) === 0)
        throw new RequestError(404, 'Error=NotFound: there is no such folder');
      return 'OK';
    },
    // The feeds of the folder stay, in no folder.
    'disable-tag': async ({ user, fields }) => {
      const name = folderOf(fields.getAll('s')) ?? textOf(fields, 't');
      if (name === undefined || (await moveFolder(db, user.id, name, null)) === 0)
        throw new RequestError(404, 'Error=NotFound: there is no such folder');
      return 'OK';
    },
    'subscription/quickadd': async ({ user, fields }) => {
      const { id, title } = await followAddress(user, fields.get('quickadd') ?? '', undefined, null);
      return { numResults: 1, query: fields.get('quickadd'), streamId: feedStream(id), streamName: title };
    },
  };
}
