import type { OpenLink, Reason, Stage } from '../../domain/article.ts';
import { mergeRights } from '../../domain/rights.ts';
import type { Source } from '../../domain/source.ts';
import { dayMs } from '../../domain/time.ts';
import { canonicalUrl } from '../../text/canonical-url.ts';
import type { FetchResult } from '../fetch/client.ts';
import type { FetchError } from '../fetch/fetch-error.ts';
import { recallValidators, rememberAnswer } from '../fetch/http-cache.ts';
import { mayBePage } from '../fetch/page.ts';
import { headerRights } from '../fetch/page-rights.ts';
import { type Crawling, type CrawlParts, patienceOf } from './crawl-run.ts';
import { isWanted } from './is-wanted.ts';
import { isOwnListing, leadsAway, titlesAlike } from './leads-away.ts';
import { FetchNote } from './note-fetch.ts';
import type { PageRequest } from './page-request.ts';
import type { OpenReport } from './report.ts';
import { nextRevisit } from './revisit.ts';

/** Crawls in which a link may fail before it is given up; each tries it up to four times. */
const crawlsBeforeGivingUp = 5;
/** So long after its publication a page that is not found may be late: feeds are often ahead of the site's servers. */
const lateHours = 6;
const triesIfLate = 2;
/** A published article that is not found (404) this often in a row, some hours apart, was taken down; 410 says so at once. */
const missesIfGone = 2;
const hoursBetweenMisses = 6;
/** A link of a site that may not be asked for so long is given up. */
const longestWaitDays = 7;
const refreshesFollowed = 3;

/** The second half of a crawl: fetches the links that are open, and gives each an outcome or its article to ingest. */
export class ArticleReader {
  readonly #crawling: Crawling;
  readonly #source: Source;
  readonly #parts: CrawlParts;
  readonly #report: OpenReport;
  #ended = 0;

  constructor(crawling: Crawling) {
    this.#crawling = crawling;
    this.#source = crawling.source;
    this.#parts = crawling.parts;
    this.#report = crawling.report;
  }

  async read(): Promise<void> {
    const { requests, more } = await this.#openRequests();
    await this.#crawling.request(requests);
    this.#report.backlog = more || this.#ended < requests.length;
  }

  async #openRequests(): Promise<{ requests: PageRequest[]; more: boolean }> {
    const limit = this.#source.limits.articlesPerCrawl;
    const open = await this.#parts.links.open(this.#source.id, { now: this.#crawling.now(), limit });
    const requests: PageRequest[] = [];
    for (const link of open)
      if (!isWanted(this.#source, link.link.url)) await this.#reject(link, 'crawl', 'excluded');
      else if (this.#crawling.isTooOld(link.link.published)) await this.#reject(link, 'crawl', 'too-old');
      else requests.push(this.#article(link, link.link.url, 0));
    return { requests, more: open.filter(({ revisit }) => !revisit).length >= limit };
  }

  #article(open: OpenLink, url: string, refreshes: number): PageRequest {
    const { httpCache, revisits } = this.#parts;
    const note = new FetchNote(this.#crawling, open.key);
    const ended = () => {
      if (refreshes === 0) this.#ended++;
    };
    return {
      url,
      fetchOptions: async () => {
        note.begin();
        return {
          validators: open.revisit ? await recallValidators(httpCache, url) : undefined,
          wants: mayBePage,
          maxBytes: this.#source.limits.maxBytes,
          cookies: this.#crawling.cookies,
          ...patienceOf(this.#source),
        };
      },
      onAnswer: async (result) => {
        ended();
        note.answered(result);
        if (open.revisit) this.#report.revisited++;
        if (result.notModified) {
          await note.write(url);
          this.#report.notModified++;
          await this.#planRevisit(open);
          await revisits.restore(open.key, this.#crawling.now());
          await rememberAnswer(httpCache, url, result);
          return undefined;
        }
        this.#report.pages++;
        const refresh = await this.#read(open, result, note);
        await note.write(url);
        if (refresh !== undefined && refreshes < refreshesFollowed)
          return [this.#article(open, refresh, refreshes + 1)];
        await rememberAnswer(httpCache, url, result);
        return undefined;
      },
      onFailure: async (error) => {
        ended();
        await note.write(url, error);
        await this.#failed(open, error);
      },
    };
  }

  /** Takes the article out of the page and hands it on. Gives the address that the page sends its readers on to, if that is all it does. */
  async #read(open: OpenLink, result: FetchResult, note: FetchNote): Promise<string | undefined> {
    const { parser, emit, links, revisits, tracer } = this.#parts;
    const answered = new URL(result.url);
    const isMoved = leadsAway(open.link, result.url);
    if (isMoved && isOwnListing(this.#source, result.url)) {
      note.judged('leads to a front page');
      await this.#isGone(open, 'leads to a front page');
      return undefined;
    }
    const started = performance.now();
    const page = await parser.run('article', {
      url: result.url,
      body: result.body,
      contentType: result.headers['content-type'],
      // Where another page answers, only what it says itself counts: the list's title would prove itself.
      link: isMoved ? { ...open.link, title: undefined, summary: undefined } : open.link,
      memory: (await this.#crawling.memories.of(answered.host)).lines,
      keep: this.#source.keep,
      remove: this.#source.remove,
    });
    const extractMs = performance.now() - started;
    this.#report.extractMs += extractMs;
    this.#parts.onStage?.('extract', extractMs);
    if (page.refresh !== undefined) {
      note.judged(`sends its readers on to ${page.refresh}`);
      return page.refresh;
    }
    const { verdict } = page;
    note.judged(
      verdict.kind === 'article' ? 'article' : [verdict.reason, verdict.detail ?? []].flat().join(': '),
      page.article.text.length,
    );
    const isArticle = page.verdict.kind === 'article';
    await this.#crawling.memories.learn(
      answered,
      isArticle,
      isArticle ? page.blocks : undefined,
      this.#crawling.now().toISOString(),
    );
    if (page.verdict.kind === 'rejected') {
      await this.#reject(open, 'extract', page.verdict.reason, page.verdict.detail);
      return undefined;
    }
    if (isMoved && open.link.title !== undefined && !titlesAlike(open.link.title, page.article.title)) {
      await this.#isGone(open, 'leads to another page');
      return undefined;
    }
    if (this.#crawling.isTooOld(page.article.published)) {
      await this.#reject(open, 'extract', 'too-old');
      return undefined;
    }
    const urlKey = canonicalUrl(open.key);
    if (urlKey === undefined) throw new Error(`The key ${open.key} of a link is none.`);
    const site = await this.#parts.clientFor(this.#source).rights(answered);
    const rights = mergeRights(page.rights, headerRights(result.headers, result.url), open.link.rights ?? {}, site);
    await emit({
      source: this.#source.id,
      urlKey,
      link: open.link,
      pageUrl: result.url,
      extracted: { ...page.article, rights },
      trace: tracer && note.trace(tracer, this.#source.id),
    });
    await links.markQueued(open.key, this.#crawling.now(), this.#nextRevisit(open, page.article.liveBlog));
    if (open.revisit) await revisits.restore(open.key, this.#crawling.now());
    this.#report.articles++;
    return undefined;
  }

  #nextRevisit(open: OpenLink, isLive: boolean): Date | null {
    const born = open.link.published === undefined ? open.firstSeenAt : new Date(open.link.published);
    return nextRevisit(born, this.#crawling.now(), isLive) ?? null;
  }

  async #planRevisit(open: OpenLink): Promise<void> {
    await this.#parts.links.scheduleRevisit(open.key, this.#nextRevisit(open, false));
  }

  async #failed(open: OpenLink, error: FetchError): Promise<void> {
    const { links, revisits } = this.#parts;
    if (open.revisit) {
      this.#report.revisited++;
      if ((await this.#wasTakenDown(open, error)) && (await revisits.withdraw(open.key, this.#crawling.now())))
        this.#report.withdrawn++;
      return;
    }
    // Not asked, since the site is to be left alone or the fault is ours: no try, unless that goes on for too long.
    const wasAsked = !error.ours && (error.status !== undefined || error.retryAfterMs === undefined);
    const mayPass = wasAsked
      ? (error.retry || error.busy || this.#maybeLate(open, error)) &&
        (await links.countTry(open.key, this.#crawling.now())) < crawlsBeforeGivingUp
      : this.#crawling.now().getTime() - open.firstSeenAt.getTime() < longestWaitDays * dayMs;
    if (mayPass) this.#report.postponed++;
    else
      await this.#reject(
        open,
        error.reason === 'unparseable' || error.reason === 'not-html' ? 'extract' : 'crawl',
        error.reason,
        error.message,
      );
  }

  /** Plans the next look as well. */
  async #wasTakenDown(open: OpenLink, { status }: FetchError): Promise<boolean> {
    if (status === 404) return this.#wasMissedOften(open);
    await this.#planRevisit(open);
    return status === 410;
  }

  async #wasMissedOften({ key }: OpenLink): Promise<boolean> {
    const later = new Date(this.#crawling.now().getTime() + hoursBetweenMisses * 3_600_000);
    return (await this.#parts.links.countMiss(key, later)) >= missesIfGone;
  }

  /** The address now leads to a page that is not the article's: as good as a 404. */
  async #isGone(open: OpenLink, why: string): Promise<void> {
    if (!open.revisit) return this.#reject(open, 'extract', 'soft-404', why);
    if ((await this.#wasMissedOften(open)) && (await this.#parts.revisits.withdraw(open.key, this.#crawling.now())))
      this.#report.withdrawn++;
  }

  #maybeLate({ link, tries }: OpenLink, { status }: FetchError): boolean {
    const ageMs = this.#crawling.now().getTime() - Date.parse(link.published ?? '');
    return status === 404 && tries < triesIfLate && ageMs < lateHours * 3_600_000;
  }

  async #reject(open: OpenLink, stage: Stage, reason: Reason, detail?: string): Promise<void> {
    // A second look that finds no article says nothing against the first.
    if (open.revisit) return this.#planRevisit(open);
    await this.#crawling.reject(open.key, stage, reason, detail);
  }
}
