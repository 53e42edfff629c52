import { decodeHTMLStrict } from 'entities';
import { Parser } from 'htmlparser2';
import { plainText } from '../../src/text/plain-text.ts';
import { FeedError } from './feed-error.ts';

/** A subscription in an OPML list. */
export interface OpmlFeed {
  readonly title: string;
  readonly feedUrl: string;
  readonly homeUrl?: string | undefined;
  /** BCP 47, as declared. */
  readonly language?: string | undefined;
  /** Titles of the groups it stands in, outermost first. */
  readonly groups: readonly string[];
}

const maxDepth = 100;

/**
 * OPML 1.0 and 2.0 → the subscriptions in it, in order, each address once. Outlines without an http(s) address are groups.
 *
 * @throws FeedError when it is no OPML
 */
export function readOpml(text: string): readonly OpmlFeed[] {
  const feeds = new Map<string, OpmlFeed>();
  const groups: (string | undefined)[] = [];
  let isOpml = false;
  const parser = new Parser(
    {
      onopentag(tag, raw) {
        if (tag === 'opml') isOpml = true;
        if (groups.length > maxDepth) throw new FeedError('damaged', `This OPML is nested more than ${maxDepth} deep.`);
        groups.push(undefined);
        if (tag !== 'outline') return;
        const attribute = (name: string): string | undefined => decodeHTMLStrict(raw[name] ?? '').trim() || undefined;
        const title = plainText(attribute('title') ?? attribute('text') ?? '');
        const feedUrl = attribute('xmlurl') ?? (attribute('type') === 'rss' ? attribute('url') : undefined);
        if (feedUrl === undefined) groups[groups.length - 1] = title || undefined;
        else if (URL.canParse(feedUrl) && /^https?:/i.test(feedUrl) && !feeds.has(feedUrl))
          feeds.set(feedUrl, {
            title: title || new URL(feedUrl).host,
            feedUrl,
            homeUrl: attribute('htmlurl'),
            language: attribute('language'),
            groups: groups.filter((group) => group !== undefined),
          });
      },
      onclosetag() {
        groups.pop();
      },
    },
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(text);
  if (!isOpml) throw new FeedError('text', 'This is not OPML: it has no <opml>.');
  return [...feeds.values()];
}
