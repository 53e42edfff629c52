import { type Addresses, type Filter, feedFormats } from '../domain/filter.ts';
import type { Settings } from '../domain/settings.ts';
import type { Db, Store } from '../store/db.ts';
import type { StoreEvent } from '../store/events.ts';
import { type ArticleView, oneArticle } from '../store/read/articles.ts';

/** Somebody who is told of new, updated and withdrawn articles. */
export interface Target {
  /** Its name in the store: what it was told so far is kept under it. */
  readonly name: string;
  /** Tells these events, in order. Throws when the target did not take them: they are told again later. */
  tell(events: readonly StoreEvent[], signal: AbortSignal): Promise<void>;
}

const timeoutMs = 10_000;

/** The targets that the settings name. A hub needs PUBLIC_URL, the address under which it can fetch the feeds. */
export function targetsOf(settings: Settings, store: Store, addresses: Addresses): Target[] {
  const targets = settings.WEBHOOKS.map((url) => webhook(url, store.db));
  if (settings.HUB_URL && settings.PUBLIC_URL)
    targets.push(hub(settings.HUB_URL, settings.PUBLIC_URL, store.db, addresses));
  return targets;
}

/** POSTs each event as JSON: `{event, at, article}`; the article as the store has it now. */
function webhook(url: string, db: Db): Target {
  return {
    name: `webhook ${url}`,
    async tell(events, signal) {
      for (const event of events) {
        const article = await oneArticle(db, event.article);
        const body = JSON.stringify({
          event: event.kind,
          at: event.at,
          article: article ? publicView(article) : { id: event.article },
        });
        await post(url, { 'content-type': 'application/json', 'idempotency-key': event.id }, body, signal);
      }
    },
  };
}

/** What leaves the house: everything but the full text, which is for the operator's own reader. */
function publicView({ text: _text, opening: _opening, html: _html, seq: _seq, ...rest }: ArticleView): object {
  return rest;
}

/** WebSub: names the feeds that changed, those of the articles' filters included; the hub fetches and distributes them. */
function hub(url: string, publicUrl: string, db: Db, addresses: Addresses): Target {
  return {
    name: `hub ${url}`,
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

async function post(url: string, headers: Record<string, string>, body: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}`);
}
