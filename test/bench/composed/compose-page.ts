import { drawFrom } from './draw.ts';
import { classOf, element, escaped, languages, namings } from './markup.ts';
import { aboveText, amongText, belowText, besideText, type Part, type Template } from './parts.ts';

/** A page put together at random, and what is to come out of it. */
export interface ComposedPage {
  readonly url: string;
  readonly html: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Who signs it on the page; undefined where nobody does. */
  readonly author: string | undefined;
  /** What the article must not hold. */
  readonly parts: readonly Part[];
  /** How the page is written, for the table of failures: `naming=digest`. */
  readonly manner: readonly string[];
}

const headings = ['h1', 'h1', 'h2', 'div', 'font'] as const;
const paragraphForms = ['p', 'p', 'p', 'div', 'span', 'br', 'cell'] as const;
/** What the head says: structured data and social tags, these tags, the title, or the paper's name alone. */
const heads = ['full', 'social', 'title', 'site'] as const;

/** The page of a seed, in one of ten languages: the same words, in a layout that nobody chose. */
export function composePage(seed: number): ComposedPage {
  const draw = drawFrom(seed);
  const language = draw.pick(Object.keys(languages));
  const phrases = languages[language] as (typeof languages)[string];
  const naming = draw.pick(namings);
  const template: Template = { draw, naming, phrases };
  const named = (meaning: string): string => classOf(draw, naming, meaning);
  const made = (makers: typeof aboveText, counts: readonly number[]): Part[] =>
    draw.some(makers, counts).map((make) => make(template));

  const paragraphs = draw.chance(0.3) ? phrases.paragraphs.slice(0, 3) : phrases.paragraphs;
  const form = draw.pick(paragraphForms);
  const above = made(aboveText, [0, 1, 2, 3]);
  const among = made(amongText, [0, 0, 1, 2]);
  const below = made(belowText, [1, 2, 3, 4]);
  const beside = made(besideText, [0, 1, 1]);
  const places = among.map((part) => ({ part, before: 1 + draw.below(paragraphs.length - 1) }));
  const text = paragraphs.map((paragraph, index) => {
    const parts = places.filter(({ before }) => before === index).map(({ part }) => part.html);
    return parts.join('') + paragraphIn(form, paragraph, named('text'));
  });

  const heading = draw.pick(headings);
  const author = draw.chance(0.6) ? phrases.author : undefined;
  const core = [
    ...above.map(({ html }) => html),
    heading === 'font'
      ? `<br><font size="5"><b>${escaped(phrases.title)}</b></font><br>`
      : element(heading, named('headline'), escaped(phrases.title)),
    author === undefined ? '' : element('div', named('byline'), `${phrases.by} ${escaped(author)}`),
    draw.chance(0.4)
      ? element('figure', '', `<img src="/ferry.jpg" alt="">${element('figcaption', '', escaped(phrases.caption))}`)
      : '',
    bodyIn(form, text.join('\n'), named('body')),
  ].join('\n');
  const tail = below.map(({ html }) => html).join('\n');
  const holder = draw.pick(['article', 'div', 'main', 'section']);
  const article = draw.chance(0.6)
    ? element(holder, named('content'), core + tail)
    : element(holder, named('content'), core) + tail;
  const head = draw.pick(heads);
  return {
    url: 'https://www.paper.example/news/2026/09/ferry-to-run',
    html: element(
      'html',
      draw.chance(0.6) ? ` lang="${language}"` : '',
      headOf(template, head) + element('body', '', bodyOf(template, article, beside)),
    ),
    title: phrases.title,
    paragraphs,
    author,
    parts: [...above, ...among, ...below, ...beside],
    manner: [
      `language=${language}`,
      `naming=${naming}`,
      `text=${form}`,
      `head=${head}`,
      `heading=${heading}`,
      `holder=${holder}`,
      `paragraphs=${paragraphs.length}`,
    ],
  };
}

function paragraphIn(form: (typeof paragraphForms)[number], text: string, names: string): string {
  if (form === 'br' || form === 'cell') return `${escaped(text)}<br><br>`;
  if (form === 'span') return element('div', '', element('span', names, escaped(text)));
  return element(form, form === 'p' ? '' : names, escaped(text));
}

function bodyIn(form: (typeof paragraphForms)[number], text: string, names: string): string {
  if (form === 'br') return element('div', names, text);
  return form === 'cell' ? `<table><tr><td>${text}</td></tr></table>` : text;
}

function headOf({ draw, phrases }: Template, head: (typeof heads)[number]): string {
  const { title, site, summary, author } = phrases;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: title,
    datePublished: '2026-09-15T21:40:00+02:00',
    author: { '@type': 'Person', name: author },
  };
  const structured = head === 'full' ? `<script type="application/ld+json">${JSON.stringify(data)}</script>` : '';
  const social =
    head === 'full' || head === 'social'
      ? `<meta property="og:type" content="article"><meta property="og:title" content="${escaped(title)}">` +
        `<meta property="og:description" content="${escaped(summary)}">`
      : '';
  const said = head === 'site' ? site : draw.pick([`${title} | ${site}`, `${site} - ${title}`, title]);
  return element('head', '', `<meta charset="utf-8"><title>${escaped(said)}</title>${social}${structured}`);
}

function bodyOf({ draw, naming, phrases }: Template, article: string, beside: readonly Part[]): string {
  const links = phrases.navigation.map((label, index) => element('a', ` href="/${index}"`, escaped(label)));
  const items = links.map((link) => element('li', '', link)).join('');
  const menu = element(draw.pick(['nav', 'div', 'ul']), classOf(draw, naming, 'menu'), items);
  const side = beside.map(({ html }) => html).join('');
  const columns = draw.chance(0.4) ? [side, article] : [article, side];
  const cells = columns.filter((column) => column !== '').map((column) => element('td', ' valign="top"', column));
  const page = draw.chance(0.5) ? columns.join('') : `<table width="100%"><tr>${cells.join('')}</tr></table>`;
  const notice = escaped(phrases.copyright.replace('{s}', phrases.site));
  return `${menu}${page}${element('div', classOf(draw, naming, 'footer'), `${notice} ${links.join(' | ')}`)}`;
}
