import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { follow, setSecret, subscriptionsOf } from '../../src/store/subscriptions.ts';
import { addUser } from '../../src/store/users.ts';
import { jsonFeedFaults, xmlFeedFaults } from '../support/feed-validator.ts';
import { label, openTestWire, type TestWire, writeArticle, writeCopy, writeSources } from './wire.ts';

const story = '0b0e0000-0000-4000-8000-0000000000bb';
let wire: TestWire;
let secret: string;
beforeAll(async () => {
  wire = await openTestWire({ HUB_URL: 'https://hub.example/', TITLE: 'Wire & "Sons" <b>' });
  const { db } = wire.store;
  await writeSources(db, [
    { id: 'mill', name: 'The Mill & <b>Weir</b>', content: 'full' },
    { id: 'ticker', name: 'Ticker', take: 'headlines' },
  ]);
  const labels = { countries: [label('RS')], regions: [label('balkans'), label('039')], topics: [label('11000000')] };
  const day = (name: string, minute = 0) => new Date(`2026-11-${name}T08:${String(minute).padStart(2, '0')}:00Z`);
  const first = await writeArticle(db, {
    ...{
      ...labels,
      source: 'mill',
      story,
      title: 'River &amp; road: 5 < 6 </b> &nbsp; ]]> "rises"',
      seenAt: day('20'),
    },
    byline: ['Anna & Co <anna@mill.example>', ''],
    summary: '<script>alert(1)</script> a summary & more',
    html: '<p onclick="x()">One <b>two<i>three</b> <a href="/rel">four</a></p><table><tr><td>a<script>x</script></table><img src="javascript:x"><img src="a b.jpg">',
    image: { url: 'https://mill.example/a b.jpg?x=1&y=ü' },
    url: 'https://mill.example/ü?a=1&b=[2]|3',
    lang: 'sr-Cyrl',
  });
  await writeCopy(db, first, 'ticker', 'https://ticker.example/a b?q="x"', 0.7);
  const odd = { source: 'ticker', lang: 'und', text: '', html: '' };
  for (let minute = 0; minute < 4; minute++)
    await writeArticle(db, { ...odd, title: `\u0007Odd \u0085 \ufffe ${minute}`, seenAt: day('18', minute) });
  await writeArticle(db, {
    ...{ ...labels, source: 'mill', story, title: 'وصل النهر', lang: 'ar', seenAt: day('21') },
    published: new Date(Date.now() + 86_400_000 * 300),
  });
  await writeArticle(db, { title: '', source: 'nobody', lang: 'fil', published: new Date(0), seenAt: day('21', 5) });
  await db
    .insertInto('revisions')
    .values({ article: first, replaced_at: day('22'), title: 'River', text: 'Correction: a <b>mistake</b> & more.' })
    .execute();
  await addUser(db, 'anna', 'correct horse', 'reader', new Date());
  const { id: user } = await db.selectFrom('users').select('id').executeTakeFirstOrThrow();
  await follow(db, user, { query: 'river & road' }, 'Mine & theirs', null);
  const [own] = await subscriptionsOf(db, user);
  await setSecret(db, user, own?.id ?? '', true);
  secret = (await subscriptionsOf(db, user))[0]?.secret ?? '';
});
afterAll(() => wire[Symbol.asyncDispose]());

const places = (): string[] => [
  ...['', '/region/RS', '/region/southern-europe', '/topic/politics', '/lang/ar', '/source/mill'],
  ...['/region/balkans/topic/politics', '/region/NO', `/story/${story}`, `/private/${secret}`],
];
const forms = [
  ...['', '?items=article', '?items=story', '?items=change', '?items=correction', '?text=summary', '?limit=2'],
  ...['?day=2026-11-20', '?day=2026-11-18&part=2', '?items=story&day=2026-11-21&text=summary', '?day=2020-01-01'],
];
const searches = [
  'river%20road',
  'river+road',
  '%22river%20%26%22',
  '%D0%BC%D0%BE%D1%81%D1%82',
  "it's",
  'a%2Fb%3F%23',
  '(x)*',
  '%25',
];

/** Follows a redirect, as the validators do: what counts is the address that answered. */
async function faultsAt(path: string): Promise<string[]> {
  const answer = await fetch(`${wire.url}${path}`);
  const text = await answer.text();
  if (answer.status !== 200) return [`${answer.status} ${text.slice(0, 200)}`];
  const [type] = (answer.headers.get('content-type') ?? '').split(';');
  const expected = { xml: 'application/rss+xml', atom: 'application/atom+xml', json: 'application/feed+json' };
  const format = /\.(xml|atom|json)/.exec(path)?.[1] as keyof typeof expected;
  const faults = type === expected[format] ? [] : [`UnexpectedContentType ${type}`];
  const check = format === 'json' ? jsonFeedFaults : xmlFeedFaults;
  return [...faults, ...check(text, answer.url, new Date())];
}

/** The addresses that are not valid, each with its faults. */
async function faulty(paths: readonly string[]): Promise<object[]> {
  const found: object[] = [];
  for (const path of paths) {
    const faults = await faultsAt(path);
    if (faults.length > 0) found.push({ path, faults });
  }
  return found;
}

describe.each(['xml', 'atom', 'json'])('feed.%s', (format) => {
  it('has no fault in any form of any list, empty ones and secret addresses included', async () => {
    const paths = places().flatMap((place) => forms.map((form) => `${place}/feed.${format}${form}`));
    expect(await faulty(paths)).toEqual([]);
  }, 60_000);

  it('names the very address at which a search stands, however it was spelt', async () => {
    expect(await faulty(searches.map((words) => `/search/feed.${format}?q=${words}`))).toEqual([]);
  });
});

describe('the validator', () => {
  const now = new Date('2026-11-22T00:00:00Z');
  const rss = (channel: string) =>
    `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title><link>https://a.example/</link><description>D</description><lastBuildDate>Sat, 21 Nov 2026 08:15:00 GMT</lastBuildDate><atom:link rel="self" href="https://a.example/f"/>${channel}</channel></rss>`;
  const item = (inside: string) =>
    rss(`<item><title>T</title><link>https://a.example/1</link><guid isPermaLink="false">1</guid>${inside}</item>`);

  it.each([
    [rss('<item>'), 'SAXError'],
    [item(''), 'MissingElement description'],
    [item('<description>&lt;p&gt;</description>'), 'NotHtml'],
    [item('<description>&lt;a href="/x"&gt;x&lt;/a&gt;</description>'), 'ContainsRelRef'],
    [item('<description>&lt;script&gt;&lt;/script&gt;</description>'), 'SecurityRisk'],
    [item('<description>x</description><pubDate>2026-11-21</pubDate>'), 'InvalidDate'],
    [item('<description>x</description><pubDate>Sat, 21 Nov 2027 08:15:00 GMT</pubDate>'), 'ImplausibleDate'],
    [item('<description>x</description><author>x</author>'), 'UndefinedElement author'],
    [rss('<title>U</title>'), 'DuplicateElement title'],
    [rss('<language>english</language>'), 'InvalidLanguage'],
  ])('sees what is wrong, as the validators name it (%#)', (text, fault) => {
    expect(xmlFeedFaults(text, 'https://a.example/f', now).join('\n')).toContain(fault);
    expect(xmlFeedFaults(rss(''), 'https://a.example/f', now)).toEqual([]);
    expect(xmlFeedFaults(rss(''), 'https://a.example/f?q=a%20b', now)).toHaveLength(1);
  });
});
