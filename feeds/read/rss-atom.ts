import { type AddressReader, addressReader } from './address.ts';
import { type FeedDocument, type FeedEntry, followable } from './document.ts';
import { readEntry } from './entry.ts';
import { type Field, type Fields, parseNormalForm } from './fields.ts';
import { alternate, hasAddress, isWebAddress, relationOf } from './links.ts';
import { type RepairLimits, repairFeed } from './repair/repair.ts';
import { readRights } from './rights.ts';
import { firstDate, firstText, headline, names, positive } from './texts.ts';

/** RSS, RDF or Atom text → document. `feedUrl` resolves what is relative. @throws FeedError when it is none of these */
export async function readRssOrAtom(
  source: string,
  feedUrl: string | undefined,
  limits: RepairLimits,
): Promise<FeedDocument> {
  const { format, cut, ...normal } = repairFeed(source, limits);
  const { feed, items } = await parseNormalForm(normal);
  const address = addressReader(feedUrl, undefined);
  const link = siteLink(feed, address);
  const rights = readRights(feed, address);
  const language = firstText(feed, ['rss-language', 'dc-language']) ?? feed('atom-title')[0]?.attributes.lang;
  const context = { authors: names(feed('atom-name')), address: addressReader(feedUrl, link), rights, language };
  const entries = withOwnAddresses(items.map((item) => readEntry(item, context)));
  const links = feed('atom-link');
  const byRel = (relation: string): (string | undefined)[] =>
    links.filter((one) => relationOf(one) === relation).map((one) => address(one.attributes.href, one.attributes.base));
  return {
    format,
    title: headline(feed, ['rss-title', 'atom-title', 'dc-title']),
    description: headline(feed, ['rss-description', 'atom-subtitle']),
    link,
    self: byRel('self')[0],
    language,
    updated: firstDate(feed, ['rss-lastbuilddate', 'atom-updated', 'rss-pubdate', 'dc-date'], language),
    ttlMinutes: positive(firstText(feed, ['rss-ttl'])),
    updateMinutes: updateMinutes(feed),
    skipHours: feed('rss-hour')
      .map(({ text }) => Number(text.trim()) % 24)
      .filter((hour) => hour >= 0),
    skipDays: feed('rss-day').map(({ text }) => text.trim()),
    hubs: byRel('hub').filter((url) => url !== undefined),
    rights,
    next: byRel('next')[0],
    entries,
    items: followable(entries),
    cut,
  };
}

/** The channel's link: RSS has it as text, Atom and some RSS as an attribute. */
function siteLink(feed: Fields, address: AddressReader): string | undefined {
  const read = (field: Field | undefined): string | undefined =>
    field && address(field.attributes.href || field.text, field.attributes.base);
  return read(feed('rss-link').find(hasAddress)) ?? read(alternate(feed('atom-link')));
}

/** Where the items of a feed all link to one page (its front page), their GUIDs may be addresses of their own. */
function withOwnAddresses(entries: readonly FeedEntry[]): readonly FeedEntry[] {
  const addresses = new Set(entries.map(({ url }) => url));
  const guids = new Set(entries.map(({ guid }) => guid));
  if (entries.length < 3 || addresses.size > 1 || guids.size < entries.length) return entries;
  if (!entries.every(({ guid }) => guid !== undefined && isWebAddress(guid))) return entries;
  return entries.map((entry) => ({ ...entry, url: entry.guid }));
}

const minutesOf: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 1_440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};

/** RSS 1.0 module Syndication: `updateFrequency` times in an `updatePeriod`; the default is once. */
function updateMinutes(feed: Fields): number | undefined {
  const period = minutesOf[firstText(feed, ['sy-updateperiod'])?.toLowerCase() ?? ''];
  return period === undefined ? undefined : period / (positive(firstText(feed, ['sy-updatefrequency'])) ?? 1);
}
