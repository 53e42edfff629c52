import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { type QueueName, queueNames } from '../queue/queues.ts';
import { publicPath, type Services } from './services.ts';

const described: Readonly<Record<QueueName, string>> = {
  schedule: 'the clock: which sources are due',
  crawl: 'one job crawls one source; a crawl that found no way in is a failed job with its cause',
  article: 'one job takes one article into the store',
  publish: 'tells webhooks and the hub what is new',
  deliver: 'one job tells one message: a mail, a webhook, ntfy',
};

/** What the queues' dashboard shows, with the ways back to the wire's own pages. */
export function boardOf({ queues, settings }: Pick<Services, 'queues' | 'settings'>) {
  const base = publicPath(settings);
  const adapters = queueNames.map(
    (name) =>
      new BullMQAdapter(queues.queue(name), {
        description: described[name],
        externalJobUrl: ({ data }) => pageOf(base, data),
      }),
  );
  const miscLinks = [
    { text: 'Operator', url: `${base}/admin` },
    { text: 'Status', url: `${base}/status` },
    { text: 'Reader', url: `${base}/` },
  ];
  return { queues: adapters, options: { uiConfig: { boardTitle: settings.TITLE, showMetrics: true, miscLinks } } };
}

interface JobData {
  readonly pageUrl?: unknown;
  readonly source?: unknown;
}

/** Where the wire tells of what a job is about: its article's address, or its source. */
function pageOf(base: string, data: unknown): { displayText: string; href: string } {
  const { articles, ...only } = (data ?? {}) as JobData & { articles?: JobData[] };
  const { pageUrl, source } = articles?.[0] ?? only;
  if (typeof pageUrl === 'string')
    return {
      displayText: 'What happened to this address',
      href: `${base}/admin/trail?url=${encodeURIComponent(pageUrl)}`,
    };
  if (typeof source === 'string')
    return { displayText: 'The source', href: `${base}/admin/sources/${encodeURIComponent(source)}` };
  return { displayText: 'Status', href: `${base}/status` };
}
