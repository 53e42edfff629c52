import { type Addresses, type Filter, feedFormats } from '../domain/filter.ts';
import type { Settings } from '../domain/settings.ts';
import type { Db, Store } from '../store/db.ts';
import { markFeedsNew } from '../store/hub.ts';
import { type ArticleView, oneArticle } from '../store/read/articles.ts';
import { webhookHeaders } from './sign.ts';
import type { Post, Target } from './target.ts';

/** The targets that the settings name. A hub needs PUBLIC_URL, the address under which it can fetch the feeds. */
export function targetsOf(settings: Settings, store: Store, addresses: Addresses, post: Post): Target[] {
  const { HUB_URL, PUBLIC_URL, WEBHOOK_SECRET } = settings;
  const targets = settings.WEBHOOKS.map((url) => webhook(url, WEBHOOK_SECRET, store.db, post));
  if (HUB_URL && PUBLIC_URL) targets.push(hub(HUB_URL, PUBLIC_URL, store.db, addresses, post));
  if (ownsHub(settings)) targets.push(ownHub(store.db));
  return targets;
}

/** Whether the wire is its own hub: it knows its public address, and no other hub is named. */
export const ownsHub = ({ HUB_URL, PUBLIC_URL }: Pick<Settings, 'HUB_URL' | 'PUBLIC_URL'>): boolean =>
  PUBLIC_URL !== undefined && HUB_URL === undefined;

/** The wire's own hub: notes whose feeds changed; the deliver queue sends them. */
const ownHub = (db: Db): Target => ({
  name: 'own hub',
  atATime: 100,
  tell: (events) =>
    markFeedsNew(
      db,
      events.map(({ article }) => article),
      new Date(),
    ),
});

/** POSTs each event as JSON: `{event, at, article}`; the article as the store has it now. */
function webhook(url: string, secret: string | undefined, db: Db, post: Post): Target {
  return {
    name: `webhook ${url}`,
    atATime: 1,
    async tell(events, signal) {
      for (const event of events) {
        const article = await oneArticle(db, event.article);
        const body = JSON.stringify({
          event: event.kind,
          at: event.at,
          article: article ? publicView(article) : { id: event.article },
        });
        const headers = { 'content-type': 'application/json', ...webhookHeaders(event.id, body, secret, new Date()) };
        await post(url, headers, body, signal);
      }
    },
  };
}

/** What leaves the house: everything but the full text, which is for the operator's own reader. */
function publicView({ text: _text, opening: _opening, html: _html, seq: _seq, ...rest }: ArticleView): object {
  return rest;
}

/** WebSub: names the feeds that changed, those of the articles' filters included; the hub fetches and distributes them. */
function hub(url: string, publicUrl: string, db: Db, addresses: Addresses, post: Post): Target {
  return {
    name: `hub ${url}`,
    atATime: 100,
    async tell(events, signal) {
      const topics = new Set<string>();
      const touch = (filter: Filter) => {
        for (const format of feedFormats) topics.add(publicUrl.replace(/\/+$/, '') + addresses.feed(filter, format));
      };
      touch({});
      for (const event of events) {
        const article = await oneArticle(db, event.article);
        if (!article) continue;
        touch({ source: article.source });
        touch({ lang: article.lang });
        for (const { id } of [...article.labels.countries, ...article.labels.regions]) touch({ region: id });
        for (const { id } of article.labels.topics) touch({ topic: id });
      }
      const body = new URLSearchParams([
        ['hub.mode', 'publish'],
        ...[...topics].map((topic): [string, string] => ['hub.url', topic]),
      ]);
      await post(url, { 'content-type': 'application/x-www-form-urlencoded' }, body.toString(), signal);
    },
  };
}
