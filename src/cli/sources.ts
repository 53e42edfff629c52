import { readFile, writeFile } from 'node:fs/promises';
import { FeedError } from '../../feeds/read/feed.ts';
import { type OpmlFeed, readOpml } from '../../feeds/read/opml.ts';
import { toOpml } from '../../feeds/write/opml.ts';
import { readIdentity } from '../app/bot-identity.ts';
import { UsageError } from '../app/usage-error.ts';
import { CatalogueError, readCatalogue, type Source } from '../catalogue/catalogue.ts';
import { addSources, removeSource } from '../catalogue/edit-catalogue.ts';
import { catalogueJsonSchema } from '../catalogue/json-schema.ts';
import { sourceFromSite, sourcesFromFeeds } from '../catalogue/new-sources.ts';
import { openClients } from '../crawl/fetch/clients.ts';
import { createMemoryLeases } from '../crawl/fetch/memory-leases.ts';
import { mayBePage } from '../crawl/fetch/page.ts';
import { createMemoryRobots } from '../crawl/fetch/robots-cache.ts';
import { checkSource, type ListingCheck } from '../discovery/check.ts';
import { type Discovered, discover, type FetchPage } from '../discovery/discover.ts';
import type { Settings } from '../domain/settings.ts';
import { closest } from '../text/closest.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape } from './options.ts';
import { table } from './table.ts';

const own = {
  json: { type: 'boolean', default: false },
  id: { type: 'string' },
  name: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
} as const;
const shape = {
  own,
  settings: ['sources', 'proxy'],
  words: ['list', 'add', 'remove', 'check', 'import', 'export', 'schema'],
} as const satisfies Shape;
const parse = (argv: readonly string[]) => parseCommand(argv, shape);
type Values = ReturnType<typeof parse>['values'] & { readonly settings: Settings };

export const command: Command = {
  summary: 'lists, adds, removes, checks, imports and exports the sources',
  shape,
  help: `
Usage: courant sources <what> [options]

  list                 a table of the sources
  add URL…             find the feeds of a site (links in its pages, usual addresses, news sitemaps; its front page where
                       there are none) and add it to the catalogue
  remove ID…           take sources out of the catalogue
  check [ID…]          try every way into the sources and tell what they give
  import FILE…         add the feeds of OPML files
  export               print the feeds as OPML
  schema               print the JSON Schema of the catalogue

  --sources FILE   the catalogue (default: $SOURCES, or feeds/sources.yaml)
  --json           list and check: print JSON instead of a table
  --id ID          add: the id of the source, instead of one made from its name
  --name NAME      add: its name, instead of the one it gives itself
  --dry-run        add, import: print what would be added, change nothing

Comments in the catalogue stay. Exit code: 0, or 1 when check finds a source that gives nothing or add finds no site.`,
  async run(argv) {
    const parsed = parse(argv);
    const [what, ...words] = parsed.words;
    const action = what !== undefined && Object.hasOwn(actions, what) ? actions[what] : undefined;
    if (!action) {
      const known = Object.keys(actions);
      const meant = what === undefined ? undefined : closest(what, known);
      throw new UsageError(
        `Say what to do with the sources: ${known.join(', ')}.${meant ? ` Did you mean 'courant sources ${meant}'?` : ''}`,
      );
    }
    try {
      return await action(words, { ...parsed.values, settings: parsed.settings });
    } catch (error) {
      if (error instanceof CatalogueError) throw new UsageError(error.message, { cause: error });
      throw error;
    }
  },
};

const actions: Readonly<Record<string, (words: readonly string[], values: Values) => Promise<number>>> = {
  async list(_, values) {
    const { sources } = await openCatalogue(values);
    if (values.json) console.log(JSON.stringify(sources, null, 2));
    else
      console.log(
        table(
          ['ID', 'NAME', 'LANG', 'COUNTRY', 'FEEDS', 'SITEMAPS', 'SECTIONS', 'SCHEDULE', 'TAKE', 'CONTENT'],
          sources.map((one) => [
            one.id,
            one.name,
            one.lang ?? '',
            one.country ?? '',
            one.feeds.length,
            one.sitemaps.length,
            one.sections.length,
            one.schedule,
            one.take,
            one.content,
          ]),
        ),
      );
    return 0;
  },

  async add(urls, values) {
    if (urls.length === 0) throw new UsageError('Name a site: courant sources add https://site.example');
    if (urls.length > 1 && (values.id ?? values.name) !== undefined)
      throw new UsageError('--id and --name are for one site: add the sites one by one.');
    const catalogue = await openCatalogue(values, true);
    let missed = 0;
    await usingFetch(values.settings, async (fetchAs) => {
      for (const word of urls) {
        const url = /^[a-z][a-z\d+.-]*:/i.test(word) ? word : `https://${word}`;
        if (!URL.canParse(url)) throw new UsageError(`'${word}' is not the address of a site.`);
        try {
          const found = await discover(url, fetchAs());
          describeFound(found);
          const known = catalogue.sources.find((source) => sharesListing(source, found));
          if (known) console.error(`${found.name} is in the catalogue already, as ${known.id}.`);
          else await catalogue.add([sourceOf(found, catalogue.sources, values)], values['dry-run']);
        } catch (error) {
          if (error instanceof CatalogueError || !(error instanceof Error)) throw error;
          missed += 1;
          console.error(`${url}: ${error.message}`);
        }
      }
    });
    return missed === 0 ? 0 : 1;
  },

  async remove(ids, values) {
    if (ids.length === 0)
      throw new UsageError('Name the sources to remove by their ids; `courant sources list` shows them.');
    const { file, text } = await openCatalogue(values);
    let edited = text;
    for (const id of ids) {
      const without = removeSource(edited, id, file);
      if (without === undefined) throw new UsageError(`There is no source '${id}' in ${file}; nothing was changed.`);
      edited = without;
    }
    await writeFile(file, edited);
    console.error(`Removed ${ids.join(', ')} from ${file}. Their articles stay.`);
    return 0;
  },

  async check(ids, values) {
    const { sources, file } = await openCatalogue(values);
    const unknown = ids.filter((id) => !sources.some((source) => source.id === id));
    if (unknown.length > 0) throw new UsageError(`There is no source '${unknown.join("', '")}' in ${file}.`);
    const wanted = ids.length === 0 ? sources : sources.filter(({ id }) => ids.includes(id));
    const checks: ListingCheck[] = [];
    await usingFetch(values.settings, async (fetchAs) => {
      const queue = wanted.values();
      const worker = async (): Promise<void> => {
        for (const source of queue) checks.push(...(await checkSource(source, fetchAs(source))));
      };
      // Different sites do not disturb each other; the gate keeps the requests to one site apart.
      await Promise.all(Array.from({ length: 8 }, worker));
    });
    const order = new Map(wanted.map(({ id }, index) => [id, index]));
    checks.sort((a, b) => (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0));
    if (values.json) console.log(JSON.stringify(checks, null, 2));
    else
      console.log(
        table(
          ['SOURCE', 'KIND', 'ITEMS', 'LATEST', 'ADDRESS', 'PROBLEM'],
          checks.map((one) => [
            one.source,
            one.kind,
            one.items,
            one.latest?.slice(0, 16) ?? '',
            one.url,
            one.problem ?? '',
          ]),
        ),
      );
    const silent = wanted.filter(({ id }) => !checks.some(({ source, items }) => source === id && items > 0));
    console.error(`${wanted.length - silent.length} of ${wanted.length} sources give articles.`);
    return silent.length === 0 ? 0 : 1;
  },

  async import(files, values) {
    if (files.length === 0) throw new UsageError('Name an OPML file: courant sources import FILE.opml');
    const catalogue = await openCatalogue(values, true);
    const taken = new Set(catalogue.sources.flatMap(({ feeds }) => feeds));
    const added: Source[] = [];
    for (const file of files) {
      const fresh = (await readOpmlFile(file)).filter(({ feedUrl }) => !taken.has(feedUrl));
      for (const feed of fresh) taken.add(feed.feedUrl);
      added.push(...sourcesFromFeeds(fresh, [...catalogue.sources, ...added]));
    }
    await catalogue.add(added, values['dry-run']);
    return 0;
  },

  async export(_, values) {
    const { sources } = await openCatalogue(values);
    const outlines = sources.flatMap(({ name, home, feeds }) =>
      feeds.map((feedUrl) => ({ title: name, feedUrl, homeUrl: home })),
    );
    process.stdout.write(toOpml({ title: 'Sources of Courant', outlines }));
    return 0;
  },

  async schema() {
    console.log(JSON.stringify(catalogueJsonSchema(), null, 2));
    return 0;
  },
};

/** The catalogue file, read and checked. `mayBeNew`: a file that does not exist yet is an empty one. */
async function openCatalogue(values: Values, mayBeNew = false) {
  const file = values.settings.SOURCES;
  const text = await readText(file, mayBeNew ? '' : undefined);
  const sources = [...readCatalogue(text, file)];
  return {
    file,
    text,
    sources,
    async add(added: readonly Source[], dryRun: boolean): Promise<void> {
      sources.push(...added);
      if (dryRun) console.log(addSources('', added, 'new'));
      else {
        await writeFile(file, addSources(await readText(file, ''), added, file));
        console.error(`Added ${added.map(({ id }) => id).join(', ') || 'nothing'} to ${file}.`);
      }
    },
  };
}

/** `missing` stands in for a file that does not exist. */
async function readText(file: string, missing: string | undefined): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && missing !== undefined) return missing;
    throw new UsageError(`${file} cannot be read (${String(code)}); name the catalogue with --sources FILE.`, {
      cause: error,
    });
  }
}

async function readOpmlFile(file: string): Promise<readonly OpmlFeed[]> {
  try {
    return readOpml(await readText(file, undefined));
  } catch (error) {
    if (error instanceof FeedError) throw new UsageError(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Fetches as the crawl of a source would: with its headers, through its proxy or browser. */
type FetchAs = (source?: Source) => FetchPage;

/** Runs with a client that asks politely: robots.txt, one request a second and site. */
async function usingFetch(settings: Settings, run: (fetchAs: FetchAs) => Promise<void>): Promise<void> {
  const clients = openClients(settings, {
    leases: createMemoryLeases(),
    robots: createMemoryRobots(),
    identity: await readIdentity(settings),
  });
  try {
    await run((source) => {
      const client = clients.clientFor(source);
      return async (address, isPage = false) => {
        const { url, status, headers, body } = await client.fetch(address, {
          accept:
            'application/rss+xml,application/atom+xml,application/feed+json,application/xml,text/html;q=0.9,*/*;q=0.5',
          ...(isPage ? { wants: mayBePage } : {}),
        });
        return { url, status, contentType: headers['content-type'], body };
      };
    });
  } finally {
    await clients.close();
  }
}

function describeFound(found: Discovered): void {
  const rows = found.listings.map((listing) => [
    `  ${listing.kind}`,
    listing.url,
    listing.kind === 'section' ? '' : `${listing.items} items`,
    listing.latest ? `latest ${listing.latest.slice(0, 16)}` : '',
    `by ${listing.by}`,
  ]);
  console.error(`${found.name} (${found.home})\n${table(undefined, rows)}`);
  for (const note of found.notes) console.error(`  ${note}`);
}

const sharesListing = ({ feeds, sitemaps, sections }: Source, { listings }: Discovered): boolean =>
  listings.some(({ url }) => [...feeds, ...sitemaps, ...sections].includes(url));

function sourceOf(found: Discovered, known: readonly Source[], { id, name }: Values): Source {
  if (id !== undefined && known.some((source) => source.id === id))
    throw new UsageError(`There is a source '${id}' already; choose another --id.`);
  return sourceFromSite(found, known, { id, name });
}
