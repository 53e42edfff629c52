import type { Filter } from '../domain/filter.ts';
import { faceOf } from '../store/read/story-cards.ts';
import { readAddress } from './filter.ts';
import { readNames } from './names.ts';
import { filterTitle } from './pages/labels.ts';
import { isId } from './parameters.ts';
import { RequestError } from './request-error.ts';
import { publicPath, type Services } from './services.ts';

const everything = 'All news';

/**
 * What an address of this wire shows, and what that is called: a filter, a search or a story, by its path or the whole address of its page
 * or feed.
 * @throws RequestError or UnknownFilterError when it is none of ours
 */
export async function readFollowed(services: Services, address: string): Promise<{ filter: Filter; title: string }> {
  const clean = address.replaceAll('%00', '');
  const url = URL.canParse(clean, 'http://wire') ? new URL(clean, 'http://wire') : undefined;
  if (!url) throw new RequestError(400, 'The address of a page or feed of this wire is expected, such as /region/RS.');
  const path = publicPath(services.settings);
  const local = url.pathname.startsWith(`${path}/`) ? url.pathname.slice(path.length) : url.pathname;
  const [, story = ''] = /^\/story\/([^/]+)(?:\/feed\.\w+)?\/?$/.exec(local) ?? [];
  if (story !== '') {
    const face = isId(story) ? await faceOf(services.db, story) : undefined;
    if (!face) throw new RequestError(404, 'There is no such story (any more).');
    return { filter: { story }, title: face.title };
  }
  const { filter } = readAddress(local, { q: url.searchParams.get('q') ?? undefined }, services.labels);
  return { filter, title: filterTitle(filter, await readNames(services)) ?? everything };
}
