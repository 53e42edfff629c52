/** One guarantee taken away: the tests named must notice. */
export interface Mutant {
  /** What no longer holds. */
  readonly without: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Files of tests that must fail, relative to `test/`. */
  readonly tests: readonly string[];
  /** The one test in them that must fail, by a part of its name; it alone is run then. */
  readonly named?: string;
}

const of = (
  file: string,
  tests: readonly string[],
  ...mutants: readonly (readonly [string, string, string])[]
): Mutant[] => mutants.map(([without, find, replace]) => ({ without, file, find, replace, tests }));

/** One mend of a fault that was found once, and the test of it. */
const mended = (
  without: string,
  file: string,
  [test, named]: [string, string],
  find: string,
  replace: string,
): Mutant => ({
  without,
  file,
  find,
  replace,
  tests: [test],
  named,
});

/** The faults of `docs/testing.md`, by number. */
const faults: readonly Mutant[] = [
  mended(
    '1: a line of robots.txt takes linear time',
    'src/crawl/fetch/robots.ts',
    ['crawl/fetch/robots.test.ts', 'a hostile line costs no time'],
    "  const comment = raw.indexOf('#');",
    "  if (/^\\s*([a-z-]+)\\s*:\\s*(.*?)\\s*$/i.test('')) return;\n  const comment = /^\\s*([a-z-]+)\\s*:\\s*(.*?)\\s*$/i.test(raw) ? raw.indexOf('#') : -1;",
  ),
  mended(
    '2: a worker whose first connection failed is replaced',
    'src/queue/kept-worker.ts',
    ['queue/kept-worker.test.ts', 'works although its first connection failed'],
    'await sleep(pause, undefined, { signal: stop.signal }).catch(() => undefined);',
    'return undefined;',
  ),
  mended(
    '3: a Redis that is away at start is waited for',
    'src/app/patience.ts',
    ['app/outages.test.ts', 'away at start: waits, says so, begins when it is there'],
    'if (!mayPass(error)) throw error;',
    'throw error;',
  ),
  mended(
    '4: an embedded PostgreSQL that died is started again',
    'src/app/watch.ts',
    ['app/outages.test.ts', 'is started again on its port by whoever runs'],
    'const failure = await part.revive?.().then(',
    'const failure = await Promise.resolve().then(',
  ),
  mended(
    '5: all of the browser stands behind a proxy that refuses',
    'src/crawl/fetch/chromium.ts',
    ['crawl/fetch/browser.test.ts', 'cannot get past us by'],
    "    `--proxy-server=http://${name}:${proxy.port}`,\n    // Loopback as well, which Chromium would ask directly.\n    '--proxy-bypass-list=<-loopback>',\n    `--host-resolver-rules=MAP ${name} 127.0.0.1:${proxy.port}, MAP * ~NOTFOUND`,\n",
    '',
  ),
  mended(
    '6: guessing the password is limited before the guard answers',
    'src/web/access.ts',
    ['web/server.test.ts', 'ends after ten tries, on every page of the operator'],
    'if (wait > 0) return tooMany(wait);',
    'if (wait > 1e12) return tooMany(wait);',
  ),
  mended(
    '7: the clock of a Redis that came back empty is set again',
    'workers/schedule.ts',
    ['app/outages.test.ts', 'away at start: waits, says so, begins when it is there'],
    'const timer = setInterval(setClock, setClockMs);',
    'const timer = setInterval(() => undefined, setClockMs);',
  ),
  mended(
    '8: one line of log a minute and kind',
    'src/domain/limited-log.ts',
    ['domain/limited-log.test.ts', 'says a warning once a minute and kind'],
    'now() - known.at < everyMs',
    'now() < known.at',
  ),
  mended(
    '9: the place of a webhook is kept after each event',
    'workers/publish.ts',
    ['publish/publish.test.ts', 'sets aside what a target alone refuses'],
    'await markTold(store.db, target.name, last, new Date());',
    'if (index + target.atATime >= events.length) await markTold(store.db, target.name, last, new Date());',
  ),
  mended(
    '10: a PostgreSQL that is away at start is waited for',
    'src/app/patience.ts',
    ['app/outages.test.ts', 'that is away at start is waited for'],
    'if (!mayPass(error)) throw error;',
    'throw error;',
  ),
  mended(
    '11: a PgBouncer that cannot be used is named',
    'src/store/db.ts',
    ['cli/cannot-run.test.ts', 'a PgBouncer that takes no startup options'],
    "    case '08P01':\n",
    "    case 'none':\n",
  ),
  mended(
    '12: an address is read in linear time, and has a longest length',
    'src/text/canonical-url.ts',
    ['text/canonical-url.test.ts', 'of an address of 60,000 dots is none, at once'],
    'if (raw.length > longestAddress) return undefined;',
    "for (const end of 'bcdefghi') if (/\\.+$/.test(raw + end)) return undefined;",
  ),
  mended(
    '13: a lock that nobody touches is taken over, whoever has its number',
    'src/store/server/folder-lock.ts',
    ['store/embedded.test.ts', 'whose number another process has by now'],
    'return Math.abs(Date.now() - mtimeMs) > staleMs;',
    'return Math.abs(mtimeMs) < staleMs;',
  ),
  mended(
    '14: a postmaster.pid with the number of another process is removed',
    'src/store/server/start-server.ts',
    ['store/embedded.test.ts', 'starts over a postmaster.pid'],
    '  await removeStalePid(folder);\n',
    '',
  ),
  mended(
    '15: NUL in a path is no error of ours',
    'src/web/server.ts',
    ['web/server.test.ts', 'says what there is instead of what is not there'],
    "if (Object.values(params ?? {}).some((value) => String(value).includes('\\0')))",
    "if (Object.values(params ?? {}).some((value) => String(value) === '\\0'))",
  ),
  mended(
    '16: a taken port is one line with the cure',
    'src/web/port.ts',
    ['cli/cannot-run.test.ts', 'a port that is taken, before the crawl begins'],
    'reject(new CannotRunError(cannotListen(HOST, PORT, cause.code ?? cause.message), { cause })),',
    'reject(new Error(cannotListen(HOST, PORT, cause.code ?? cause.message))),',
  ),
  mended(
    '17: a name that leads into the private network goes to no proxy',
    'src/crawl/fetch/address-guard.ts',
    ['crawl/fetch/address-guard.test.ts', 'is refused where it leads into the private network'],
    'error instanceof PrivateAddressError ? reject(error) : resolve()',
    'void error === reject ? reject(error) : resolve()',
  ),
  mended(
    '18: what holds the Host header is in no shared cache',
    'src/web/services.ts',
    ['web/server.test.ts', 'is in no answer that a shared cache keeps'],
    "PUBLIC_URL === undefined ? 'private' : 'public'",
    "PUBLIC_URL === 'none' ? 'private' : 'public'",
  ),
  mended(
    '19: a request that does not come in time is cut off',
    'src/web/port.ts',
    ['web/server.test.ts', 'is cut off when its request does not come'],
    'requestTimeout: requestWithinMs, headersTimeout: requestWithinMs,',
    'requestTimeout: 0, headersTimeout: 0,',
  ),
];

export const mutants: readonly Mutant[] = [
  ...faults,
  ...of(
    'src/crawl/fetch/robots.ts',
    ['crawl/fetch/robots.test.ts'],
    ['the longest rule decides', 'b.pattern.length - a.pattern.length', 'a.pattern.length - b.pattern.length'],
    ['Allow wins between equals', 'Number(b.allow) - Number(a.allow)', 'Number(a.allow) - Number(b.allow)'],
    ['our own group before that of all', 'own.length > 0 ? own :', 'own.length > 99 ? own :'],
    ['what is not forbidden is allowed', '?.allow ?? true', '?.allow ?? false'],
    ['$ anchors the end', "const anchored = pattern.endsWith('$');", 'const anchored = false;'],
    ['Crawl-delay is seconds', 'delay * 1000', 'delay * 1'],
    ['robots.txt itself may be asked for', "if (url.pathname === '/robots.txt') return true;", ''],
    ['lines have a longest length', 'const longestLine = 2083 * 8;', 'const longestLine = 2 ** 31;'],
  ),
  ...of(
    'src/crawl/fetch/polite-client.ts',
    ['crawl/fetch/client.test.ts', 'crawl/run/crawl-source.test.ts', 'crawl/fetch/robots-cache.test.ts'],
    ['what robots.txt forbids is not fetched', 'if (!rules.isAllowed(target))', 'if (rules === undefined)'],
    ['the pace that the site asks for', 'Math.min(rules.crawlDelayMs ?? 0, longestCrawlDelayMs)', '0'],
  ),
  ...of(
    'src/crawl/fetch/rate-limiter.ts',
    ['crawl/fetch/rate-limiter.test.ts', 'crawl/fetch/leases.test.ts'],
    ['a pause between two requests by default', 'gapMs: ownGapMs = 1000', 'gapMs: ownGapMs = 0'],
    ['Retry-After is honoured', 'Math.min(retryAfterMs ?? 0, longestRetryAfterMs)', '0 * (retryAfterMs ?? 0)'],
    ['nobody locks us out for ever', 'Math.min(retryAfterMs ?? 0, longestRetryAfterMs)', '(retryAfterMs ?? 0)'],
    ['failures are counted', 'failed ? failuresBefore + 1 : 0', '0'],
    ['the leases are asked for one at a time', 'await lines.enter(site, signal);', ''],
    ['a site that wants to be left alone is', 'lease.waitMs > patienceMs', 'lease.waitMs > 1e12'],
  ),
  ...of(
    'src/crawl/fetch/memory-leases.ts',
    ['crawl/fetch/rate-limiter.test.ts'],
    ['one request at a time', 'lease.heldUntil > at ||', ''],
  ),
  ...of(
    'src/store/hosts.ts',
    ['crawl/fetch/leases.test.ts'],
    ['one lease a site for all workers', 'host.held_until <= clock_timestamp() and', ''],
    [
      'the pause holds for all workers',
      "and host.ended_at + ${gapMs} * interval '1 millisecond' <= clock_timestamp()",
      '',
    ],
    ['only the holder gives back', 'where site = ${site} and holder = ${holder}', 'where site = ${site}'],
  ),
  ...of(
    'src/crawl/fetch/address-guard.ts',
    ['crawl/fetch/address-guard.test.ts', 'crawl/fetch/client.test.ts'],
    [
      'IPv4-mapped addresses are seen through',
      'if (ip.isIPv4MappedAddress()) return isPublicAddress(ip.toIPv4Address().toString());',
      '',
    ],
    ['NAT64 and IPv4-compatible are seen through', "ip.range() === 'rfc6052' ||", "ip.range() === 'none' ||"],
    ['the metadata address of clouds is private', '&& !insideClouds.has(ip.toString())', ''],
    ['local names are private', '!isLocalName(host)', 'true'],
    [
      'names are judged when resolved',
      'addresses.filter(({ address }) => isPublicAddress(address))',
      'addresses.filter(() => true)',
    ],
  ),
  ...of(
    'src/crawl/fetch/client.ts',
    ['crawl/fetch/client.test.ts'],
    [
      'redirects are judged by the guard',
      '!this.#options.allowPrivate && !isPublicHost(url)',
      '!this.#options.allowPrivate && redirects.length === 0 && !isPublicHost(url)',
    ],
    ['redirects are counted', 'if (redirects.length >= maxRedirects)', 'if (redirects.length >= 1000)'],
    ['bodies are bounded', 'if (length <= maxBytes) continue;', 'continue;'],
    ['announced lengths are believed', "Number(headers['content-length']) > maxBytes", 'false'],
    [
      'only http and https',
      "if (url.protocol !== 'http:' && url.protocol !== 'https:')",
      "if (url.protocol === 'none:')",
    ],
    ['addresses have a longest length', 'address.length > longestAddress ? null :', 'address.length > 1e9 ? null :'],
  ),
  ...of(
    'src/text/sanitise.ts',
    ['text/sanitise.test.ts', 'feeds/write/feed-html.test.ts', 'extract/laws.test.ts'],
    [
      'no javascript: in links',
      "allowedSchemes: ['http', 'https', 'mailto'],",
      "allowedSchemes: ['http', 'https', 'mailto', 'javascript'],",
    ],
    ['scripts go with what is in them', "'script style iframe", "'style iframe"],
    ['no protocol-relative addresses', 'allowProtocolRelative: false', 'allowProtocolRelative: true'],
    ['nesting is bounded', 'const maxDepth = 100;', 'const maxDepth = 100_000;'],
  ),
  ...of(
    'src/web/access.ts',
    ['web/access.test.ts', 'web/server.test.ts'],
    ['foreign Host names are refused', 'isLoopbackName(hostnameOf(request)) &&', ''],
    ['what comes through a proxy is not local', '!behindProxy(request) &&', ''],
    ['writes of other sites are refused', '  comesFromHere(request);', '  true;'],
    [
      'the name counts as well as the password',
      "right && timingSafeEqual(digest(credentials.name), digest('operator'))",
      'right',
    ],
    ['tries are limited', 'if (wait > 0) return tooMany(wait);', ''],
  ),
  ...of(
    'src/web/login-limiter.ts',
    ['web/access.test.ts'],
    ['ten failures a minute', 'const mostFailures = 10;', 'const mostFailures = 10_000;'],
    ['pauses grow', 'firstWaitMs * 2 ** record.waits', 'firstWaitMs'],
  ),
  ...of(
    'src/store/ingest-lock.ts',
    ['store/ingest-lock.test.ts', 'ingest/ingest-race.test.ts', 'ingest/ingest.test.ts'],
    ['one decides at a time', ', pg_advisory_xact_lock(${sql.lit(ingestLock)})', ''],
    [
      'what failed is rolled back',
      'await sql`rollback`.execute(trx).catch(() => undefined);',
      'await sql`commit`.execute(trx).catch(() => undefined);',
    ],
    ['a flush waits for the disk', "await sql`select pg_logical_emit_message(true, 'courant', '')`.execute(db);", ''],
  ),
  ...of(
    'src/ingest/batch.ts',
    ['ingest/ingest.test.ts', 'store/ingest-lock.test.ts'],
    ['on disk before an outcome is told', '    await flushed();\n', ''],
    [
      'one bad article harms no other',
      'return Promise.allSettled(claims.map(async (claim) => (await inOneBatch([claim]))[0] as Outcome));',
      "return claims.map(() => ({ status: 'rejected', reason }));",
    ],
    ['nothing is taken after the close', "if (closed) throw new Error('ingest is closed');", ''],
  ),
  ...of(
    'src/store/revisits.ts',
    ['store/revisits.test.ts', 'crawl/run/crawl-source.test.ts'],
    ['what was withdrawn is told', "await writeEvent(trx, 'withdrawn', article.id, now);", ''],
    [
      "another source's article is not withdrawn",
      'and articles.id = links.article and articles.source = links.source and articles.withdrawn_at is null',
      'and articles.id = links.article and articles.withdrawn_at is null',
    ],
    [
      'what answers again comes back',
      'update articles set withdrawn_at = null',
      'update articles set withdrawn_at = withdrawn_at',
    ],
  ),
  ...of(
    'src/publish/sign.ts',
    ['publish/publish.test.ts'],
    ['the signature covers the body', 'update(`${id}.${seconds}.${body}`)', 'update(`${id}.${seconds}.`)'],
  ),
  ...of(
    'workers/publish.ts',
    ['publish/publish.test.ts'],
    [
      'the place is kept after each',
      'await markTold(store.db, target.name, last, new Date());',
      'if (index + target.atATime >= events.length) await markTold(store.db, target.name, last, new Date());',
    ],
    [
      'who fails keeps its place',
      'if (failures < mostFailures || target.atATime > 1) return;',
      'if (failures < mostFailures || target.atATime > 1) continue;',
    ],
    ['an outage sets nothing aside', 'if (error === undefined) {', 'if (error === undefined || refused.length > 0) {'],
    ['what is set aside is kept', 'await setAside(store.db, target.name, refused, new Date());', 'void refused;'],
  ),
];
