import { fold } from '../../text/words.ts';

/** A schema.org node as it stands in a page: anything may be anything. */
export type Thing = Readonly<Record<string, unknown>>;

const maximumThings = 400;
const maximumDepth = 12;

/** All schema.org nodes of a page's structured data, nested ones after their parents. Broken JSON is repaired where it is plain how, else left out. */
export function readThings(scripts: readonly string[]): readonly Thing[] {
  const things: Thing[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (depth > maximumDepth || things.length >= maximumThings) return;
    if (Array.isArray(value)) for (const each of value.slice(0, maximumThings)) visit(each, depth + 1);
    else if (isThing(value)) {
      if (value['@type'] !== undefined) things.push(value);
      for (const each of Object.values(value)) if (typeof each === 'object' && each !== null) visit(each, depth + 1);
    }
  };
  for (const script of scripts) visit(parseLeniently(script), 0);
  return things;
}

export const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Types of a node, without the `https://schema.org/` before them. */
export function typesOf(thing: Thing): readonly string[] {
  const type = thing['@type'];
  return (Array.isArray(type) ? type : [type])
    .filter((t) => typeof t === 'string')
    .map((t) => t.replace(/^.*[/#:]/, ''));
}

const articleTypes = new RegExp(
  `^(?:${[
    'NewsArticle',
    'Article',
    'ReportageNewsArticle',
    'AnalysisNewsArticle',
    'BackgroundNewsArticle',
    'OpinionNewsArticle',
    'ReviewNewsArticle',
    'AskPublicNewsArticle',
    'AdvertiserContentArticle',
    'SatiricalArticle',
    'ScholarlyArticle',
    'TechArticle',
    'Report',
    'BlogPosting',
    'LiveBlogPosting',
    'SocialMediaPosting',
    'Review',
    'CriticReview',
  ].join('|')})$`,
);

/** What the page says of itself, by which its own node is known among those of other articles. */
export interface PageIdentity {
  /** Its addresses: the one that answered, `canonical`, `og:url`. */
  readonly urls: readonly string[];
  /** Its titles: `<title>`, `og:title`, first-level headings. */
  readonly titles: readonly string[];
}

/**
 * The node that describes the article of the page: the one with most of what an article has. A node in a list of articles, or one that is
 * told of by another, is the page's own only where its address or headline says so; no node is whose address is another page's and whose
 * headline the page does not bear.
 */
export function articleThing(things: readonly Thing[], page: PageIdentity): Thing | undefined {
  const told = toldOf(things);
  let best: Thing | undefined;
  let bestScore = 0;
  for (const thing of things) {
    if (!typesOf(thing).some((type) => articleTypes.test(type))) continue;
    const address = addressMatch(thing, page);
    const named = bearsHeadline(thing, page);
    if (!named && (address === 'other' || (told.has(thing) && address !== 'same'))) continue;
    let score = 1;
    if (thing.headline ?? thing.name) score += 2;
    if (thing.datePublished) score += 2;
    if (thing.author) score += 1;
    if (thing.articleBody) score += 1;
    if (thing.mainEntityOfPage !== undefined) score += 1;
    if (typesOf(thing).some((type) => /News/.test(type))) score += 0.5;
    if (address === 'same') score += 3;
    if (named) score += 3;
    if (score > bestScore) {
      best = thing;
      bestScore = score;
    }
  }
  return best;
}

/** The node of the page itself (`WebPage`, `NewsArticle` …) by its address: the article's node may lack what this one has. */
export const pageThings = (things: readonly Thing[], page: PageIdentity): readonly Thing[] => {
  const told = toldOf(things);
  return things.filter((thing) => {
    const address = addressMatch(thing, page);
    const isPage = typesOf(thing).some(
      (type) => /^(?:WebPage|ItemPage|VideoObject)$/.test(type) || articleTypes.test(type),
    );
    return isPage && address !== 'other' && (!told.has(thing) || address === 'same' || bearsHeadline(thing, page));
  });
};

/** Properties whose nodes are other works than the page. */
const relations = [
  'itemListElement', 'relatedLink', 'isRelatedTo', 'hasPart', 'mentions', 'citation', 'isBasedOn', 'significantLink', 'recommendations', 'related',
  'blogPost', 'blogPosts', 'workExample', 'subjectOf', 'comment',
]; // biome-ignore format: a list

/** Nodes that another node tells of: entries of lists, related works. */
function toldOf(things: readonly Thing[]): ReadonlySet<Thing> {
  const told = new Set<Thing>();
  const add = (value: unknown, depth: number): void => {
    if (depth > maximumDepth) return;
    if (Array.isArray(value)) for (const each of value) add(each, depth + 1);
    else if (isThing(value) && !told.has(value)) {
      told.add(value);
      for (const each of Object.values(value)) if (typeof each === 'object' && each !== null) add(each, depth + 1);
    }
  };
  for (const thing of things) for (const relation of relations) add(thing[relation], 0);
  return told;
}

/** Is a node's address one of the page's, that of another page, or does it name none? The front page's stands in many a template. */
function addressMatch(thing: Thing, { urls }: PageIdentity): 'same' | 'other' | 'none' {
  const own = [thing.url, thing.mainEntityOfPage, thing['@id']]
    .map((value) => textOf(isThing(value) ? (value['@id'] ?? value.url) : value))
    .filter((url) => url !== undefined)
    .map(pathOf)
    .filter((path) => path !== undefined && path !== '');
  const paths = urls.map(pathOf);
  if (own.some((path) => paths.includes(path))) return 'same';
  return own.length > 0 && paths.some((path) => path !== undefined && path !== '') ? 'other' : 'none';
}

/** Path and query of an absolute address, without the slash and fragment at its end; '' for a front page. */
function pathOf(url: string): string | undefined {
  const { protocol, pathname, search } = URL.parse(url) ?? {};
  if (!protocol?.startsWith('http') || pathname === undefined) return undefined;
  const path = pathname.replace(/\/$/, '');
  return /^$|\.(?:php|aspx?|jsp|cgi)$/i.test(path) ? `${path}${search}` : path;
}

/** Does the page bear the node's headline in one of its titles, or begin with it, or the other way round? */
function bearsHeadline(thing: Thing, { titles }: PageIdentity): boolean {
  const headline = fold(textOf(thing.headline) ?? textOf(thing.name) ?? '');
  if (headline.length < 8) return false;
  return titles.map(fold).some((title) => title.length >= 8 && (title.includes(headline) || headline.includes(title)));
}

/** A value that only names a node by `@id` → that node, as far as it is among the things. */
export function lookUp(value: unknown, things: readonly Thing[]): unknown {
  if (Array.isArray(value)) return value.slice(0, maximumThings).map((each) => lookUp(each, things));
  if (!isThing(value)) return value;
  const id = value['@id'];
  if (typeof id !== 'string' || Object.keys(value).some((key) => !key.startsWith('@'))) return value;
  return things.find((thing) => thing['@id'] === id && Object.keys(thing).some((key) => !key.startsWith('@'))) ?? value;
}

/** The text of a value: a string, the first of a list, or a node's name, url or id. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return textOf(value[0]);
  if (isThing(value)) return textOf(value.name ?? value['@value'] ?? value.url ?? value['@id']);
  return undefined;
}

/** The URL of an image value: a string, a list, or an ImageObject. */
export function imageUrlOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined;
  if (Array.isArray(value)) {
    const widths = value.map((each) =>
      isThing(each) ? Number.parseInt(String(textOf(each.width) ?? each.width), 10) || 0 : 0,
    );
    const widest = value[widths.indexOf(Math.max(...widths))];
    for (const each of [widest, ...value]) {
      const url = imageUrlOf(each);
      if (url) return url;
    }
    return undefined;
  }
  if (isThing(value)) return imageUrlOf(value.url ?? value.contentUrl ?? value['@id']);
  return undefined;
}

function parseLeniently(script: string): unknown {
  const text = script
    .replace(/^\s*(?:<!--|\/\/\s*<!\[CDATA\[|<!\[CDATA\[|\/\*<!\[CDATA\[\*\/)/, '')
    .replace(/(?:\/\/\s*\]\]>|\]\]>|-->|\/\*\]\]>\*\/)\s*$/, '')
    .trim()
    .replace(/;$/, '');
  try {
    return JSON.parse(text);
  } catch {
    try {
      // Raw line breaks and tabs inside strings, and commas before a closing bracket, are the usual faults.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is repaired
      return JSON.parse(text.replace(/[\u0000-\u001f]+/g, ' ').replace(/,\s*([\]}])/g, '$1'));
    } catch {
      return salvage(text);
    }
  }
}

/** What can be read of a node that is no JSON, mostly for a quotation mark inside the headline: type, headline, dates and the author. */
function salvage(text: string): Thing | undefined {
  const type = /"@type"\s*:\s*"((?:\w{0,20}Article|BlogPosting|Report))"/.exec(text)?.[1];
  if (!type || /"@type"\s*:\s*"ItemList"/.test(text)) return undefined;
  const field = (name: string): string | undefined =>
    new RegExp(`"${name}"\\s*:\\s*"([^"\\n]{1,300})"`).exec(text)?.[1];
  // A string ends where the next key begins.
  const headline = /"headline"\s*:\s*"([^\n]{1,300}?)"\s*,\s*"[@\w]{1,40}"\s*:/.exec(text)?.[1];
  const author = /"author"\s*:\s*[^\]]{0,300}?"name"\s*:\s*"([^"\n]{1,200})"/.exec(text)?.[1] ?? field('author');
  return {
    '@type': type,
    ...(headline ? { headline: headline.replace(/\\"/g, '"') } : {}),
    ...(field('datePublished') ? { datePublished: field('datePublished') } : {}),
    ...(field('dateModified') ? { dateModified: field('dateModified') } : {}),
    ...(author ? { author: { '@type': 'Person', name: author } } : {}),
  };
}
