import type { Addresses } from '../../domain/filter.ts';
import { nextLook } from '../../domain/rule.ts';
import { ownAddress, type Settings } from '../../domain/settings.ts';
import type { Db } from '../../store/db.ts';
import { withoutMuted } from '../../store/mutes.ts';
import { newsSince } from '../../store/read/rule-news.ts';
import { type DueRule, dueRules, ruleTold } from '../../store/rules.ts';
import { digestNotice } from './digest-notice.ts';

/** Articles that one digest is made of. */
const mostArticles = 500;

/** Looks for what readers' rules have to tell, and writes the messages. @returns their ids */
export async function tellRules(
  settings: Pick<Settings, 'PUBLIC_URL' | 'PORT'>,
  db: Db,
  addresses: Addresses,
  now: Date,
): Promise<string[]> {
  const base = ownAddress(settings);
  const written: string[] = [];
  for (const rule of await dueRules(db, now)) written.push(...(await tellRule(rule)));
  return written;

  async function tellRule(rule: DueRule): Promise<string[]> {
    const { articles, cursor } = await newsSince(db, withoutMuted(rule.filter, rule.mutes), rule, mostArticles);
    const isNews = articles.length > 0;
    if (!isNews && rule.every === 'now' && cursor.event === rule.event) return [];
    const notice = isNews
      ? digestNotice(rule, articles, { base, page: base + addresses.page(rule.filter) })
      : undefined;
    const { channel, address } = rule;
    const key = `rule ${rule.id} ${cursor.xact} ${cursor.event}`;
    const message = notice && { key, channel, address, notice, rule: rule.id, articles: articles.map(({ id }) => id) };
    return ruleTold(db, rule, { cursor, next: nextLook(rule, isNews, now), message }, now);
  }
}
