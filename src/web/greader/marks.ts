import { countUnread, mark, markAllRead, mostCounted } from '../../store/marks.ts';
import { type Subscription, subscriptionsOf } from '../../store/subscriptions.ts';
import { RequestError } from '../request-error.ts';
import type { Services } from '../services.ts';
import { type Answer, instant, mostIds, requireStream, wholeNumber } from './request.ts';
import { feedStream, folderStream, followedIn, readItemId, states } from './streams.ts';

/** The calls on what was read and starred. */
export function markAnswers({ db }: Services): Readonly<Record<string, Answer>> {
  return {
    'unread-count': async ({ user }) => {
      const followed = await subscriptionsOf(db, user.id);
      const row = async (id: string, of: readonly Subscription[]) => {
        const { count, newest } = await countUnread(
          db,
          user.id,
          of.map(({ filter }) => filter),
        );
        return { id, count, newestItemTimestampUsec: String((newest?.getTime() ?? 0) * 1000) };
      };
      const folders = Map.groupBy(
        followed.filter(({ folder }) => folder !== null),
        ({ folder }) => folder ?? '',
      );
      const unreadcounts = [await row(states.all, followed)];
      for (const one of followed) unreadcounts.push(await row(feedStream(one.id), [one]));
      for (const [name, of] of folders) unreadcounts.push(await row(folderStream(name), of));
      return { max: mostCounted, unreadcounts };
    },
    'edit-tag': async ({ user, fields }) => {
      const seqs = fields.getAll('i').slice(0, mostIds).map(readItemId);
      if (seqs.length === 0 || seqs.includes(undefined))
        throw new RequestError(400, "Error=BadRequest: 'i' names no items of ours");
      const plain = (name: string): string => name.replace(/^user\/[^/]+\//, 'user/-/');
      const added = new Set(fields.getAll('a').map(plain));
      const removed = new Set(fields.getAll('r').map(plain));
      const either = (yes: boolean, no: boolean): boolean | undefined => (yes ? true : no ? false : undefined);
      const read = either(added.has(states.read), removed.has(states.read) || added.has(states.keptUnread));
      const starred = either(added.has(states.starred), removed.has(states.starred));
      const changes = { ...(read === undefined ? {} : { read }), ...(starred === undefined ? {} : { starred }) };
      await mark(
        db,
        user.id,
        seqs.filter((seq) => seq !== undefined),
        changes,
        new Date(),
      );
      return 'OK';
    },
    'mark-all-as-read': async ({ user, fields }) => {
      const followed = await subscriptionsOf(db, user.id);
      const stream = requireStream(fields.get('s') ?? states.all);
      const microseconds = wholeNumber(fields, 'ts');
      // Some clients send seconds.
      const until =
        microseconds === undefined
          ? new Date()
          : microseconds > 1e13
            ? new Date(Math.min(microseconds / 1000, 8e14))
            : (instant(microseconds) ?? new Date());
      await markAllRead(
        db,
        user.id,
        followedIn(stream, followed).map(({ filter }) => filter),
        until,
      );
      return 'OK';
    },
  };
}
