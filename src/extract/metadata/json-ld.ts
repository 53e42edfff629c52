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

const articleTypes =
  /^(?:NewsArticle|Article|ReportageNewsArticle|AnalysisNewsArticle|BackgroundNewsArticle|OpinionNewsArticle|ReviewNewsArticle|AskPublicNewsArticle|AdvertiserContentArticle|SatiricalArticle|ScholarlyArticle|TechArticle|Report|BlogPosting|LiveBlogPosting|SocialMediaPosting|Review|CriticReview)$/;

/** The node that describes the article of the page: the one with most of what an article has. */
export function articleThing(things: readonly Thing[], url: string): Thing | undefined {
  let best: Thing | undefined;
  let bestScore = 0;
  for (const thing of things) {
    if (!typesOf(thing).some((type) => articleTypes.test(type))) continue;
    let score = 1;
    if (thing.headline ?? thing.name) score += 2;
    if (thing.datePublished) score += 2;
    if (thing.author) score += 1;
    if (thing.articleBody) score += 1;
    if (thing.mainEntityOfPage !== undefined) score += 1;
    if (typesOf(thing).some((type) => /News/.test(type))) score += 0.5;
    const own = textOf(thing.url) ?? textOf(thing.mainEntityOfPage) ?? textOf(thing['@id']);
    if (own && samePath(own, url)) score += 3;
    if (score > bestScore) {
      best = thing;
      bestScore = score;
    }
  }
  return best;
}

const samePath = (a: string, b: string): boolean => {
  if (!URL.canParse(a) || !URL.canParse(b)) return false;
  return new URL(a).pathname.replace(/\/$/, '') === new URL(b).pathname.replace(/\/$/, '');
};

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
    for (const each of value) {
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
      return undefined;
    }
  }
}
