import type { Draw } from './draw.ts';
import { classOf, element, escaped, type Naming, type Phrases } from './markup.ts';

/** Something on a page that is no part of its article. */
export interface Part {
  readonly name: string;
  readonly html: string;
  /** Texts of it that the article must not hold. */
  readonly texts: readonly string[];
}

export interface Template {
  readonly draw: Draw;
  readonly naming: Naming;
  readonly phrases: Phrases;
}

type MakePart = (template: Template) => Part;

const linked = (draw: Draw, text: string): string =>
  element('a', ` href="/${1000 + draw.below(9000)}.html"`, escaped(text));

const filled = ({ phrases }: Template, text: string): string =>
  text.replace('{s}', phrases.site).replace('{b}', phrases.author);

/** A part in a box of its own. */
const boxed =
  (name: string, inside: (template: Template) => Omit<Part, 'name'>): MakePart =>
  (template) => {
    const { html, texts } = inside(template);
    return { name, html: element('div', classOf(template.draw, template.naming, name), html), texts };
  };

/** Headlines of other articles under a label: as items of a list, as lines, or as cards. */
const headlines = (name: string, label: 'related' | 'mostRead', withTeasers: boolean): MakePart =>
  boxed(name, ({ draw, naming, phrases }) => {
    const chosen = draw.some(phrases.headlines, [3, 4, 6]);
    const form = draw.pick(['item', 'line', 'card'] as const);
    const items = chosen.map((headline, index) => {
      const teaser = withTeasers ? (phrases.teasers[index % phrases.teasers.length] ?? '') : '';
      const told = (tag: string): string => (teaser === '' ? '' : element(tag, '', escaped(teaser)));
      if (form === 'item') return element('li', '', linked(draw, headline) + told('p'));
      if (form === 'line') return element('div', classOf(draw, naming, 'item'), linked(draw, headline) + told('div'));
      const card = element('h3', '', escaped(headline)) + told('p');
      return element('a', ` href="/${index}77.html"${classOf(draw, naming, 'card')}`, card);
    });
    const list = form === 'item' ? element('ul', '', items.join('')) : items.join('');
    const teasers = withTeasers ? phrases.teasers.slice(0, chosen.length) : [];
    return {
      html: element(draw.pick(['h3', 'h4', 'div', 'strong']), '', phrases[label]) + list,
      texts: [phrases[label], ...chosen, ...teasers],
    };
  });

const share = (name: string): MakePart =>
  boxed(name, ({ draw, phrases }) => ({
    html: phrases.share.map((text) => linked(draw, text)).join(' '),
    texts: phrases.share.slice(0, 1),
  }));

const line = (name: string, say: (template: Template) => string): MakePart =>
  boxed(name, (template) => {
    const text = filled(template, say(template));
    return { html: element(template.draw.pick(['p', 'div']), '', escaped(text)), texts: [text] };
  });

/** Between headline bar and headline. */
export const aboveText: readonly MakePart[] = [
  boxed('breadcrumbs', ({ draw, phrases: { navigation, title } }) => {
    const [first = '', second = ''] = navigation;
    return {
      html: `${linked(draw, first)} &gt; ${linked(draw, second)} &gt; ${escaped(title)}`,
      texts: [`${first} > ${second}`],
    };
  }),
  line('date', ({ phrases }) => phrases.date),
  line('updated', ({ phrases }) => `${phrases.updated}: ${phrases.date}`),
  line('reading-time', ({ phrases }) => phrases.readingTime),
  share('share-above'),
];

/** Among the paragraphs. */
export const amongText: readonly MakePart[] = [
  boxed(
    'read-also',
    ({
      draw,
      phrases: {
        readAlso,
        headlines: [other = ''],
      },
    }) => ({
      html: `${readAlso}: ${linked(draw, other)}`,
      texts: [readAlso, other],
    }),
  ),
  line('plea-inside', ({ phrases }) => phrases.plea),
  headlines('related-inside', 'related', false),
  ({ draw, naming, phrases: { poll } }) => {
    const [question = '', yes = '', no = '', vote = ''] = poll;
    const answers = [yes, no].map((text) => element('label', '', `<input type="radio">${text}`)).join('');
    const inside = `${element('p', '', question)}${answers}${element('button', '', vote)}`;
    return { name: 'poll', html: element('form', classOf(draw, naming, 'poll'), inside), texts: [question] };
  },
];

/** Below the text. */
export const belowText: readonly MakePart[] = [
  boxed('tags', ({ draw, phrases: { tags } }) => ({
    html: tags.map((tag) => linked(draw, tag)).join(' '),
    texts: [tags.slice(0, 3).join(' ')],
  })),
  boxed('author', (template) => {
    const life = filled(template, template.phrases.aboutAuthor);
    const name = element('b', '', escaped(template.phrases.author));
    return { html: `<img src="/author.jpg" alt="">${name}${element('p', '', escaped(life))}`, texts: [life] };
  }),
  headlines('related', 'related', false),
  headlines('teasers', 'related', true),
  headlines('most-read', 'mostRead', false),
  boxed('comments', ({ draw, phrases }) => {
    const tag = draw.pick(['li', 'div']);
    const posts = phrases.opinions.map((opinion, index) => {
      const who = `<b>${draw.pick(['anna', 'Tomo_7', 'Петър', 'k.lee'])}</b> <span>1${index}.09.2026 1${index}:20</span>`;
      const answer = draw.chance(0.5) ? element('a', ` href="#${index}"`, phrases.reply) : '';
      return element(tag, '', `${who}${element('p', '', escaped(opinion))}${answer}`);
    });
    return {
      html: element('h3', '', phrases.comments) + posts.join('') + element('p', '', phrases.logIn),
      texts: [phrases.comments, ...phrases.opinions, phrases.logIn],
    };
  }),
  line('plea', ({ phrases }) => phrases.plea),
  line('copyright', ({ phrases }) => phrases.copyright),
  boxed(
    'previous',
    ({
      draw,
      phrases: {
        previous,
        headlines: [, , other = ''],
      },
    }) => ({
      html: `${previous}: ${linked(draw, other)}`,
      texts: [previous],
    }),
  ),
  share('share-below'),
  boxed('next-article', ({ draw, phrases }) => {
    const title = phrases.headlines[3] ?? '';
    const [one = '', two = '', three = '', four = ''] = phrases.teasers;
    const paragraphs = [`${four} ${three} ${two}`, `${one} ${two} ${phrases.opinions[2]}`];
    const heading = element(draw.pick(['h1', 'h2', 'h3']), '', escaped(title));
    const text = paragraphs.map((paragraph) => element('p', '', escaped(paragraph))).join('');
    return { html: `${heading}${element('div', '', phrases.date)}${text}`, texts: [title, ...paragraphs] };
  }),
  boxed('consent', ({ phrases: { consent } }) => ({
    html: `${element('p', '', escaped(consent))}${element('button', '', 'OK')}`,
    texts: [consent],
  })),
];

/** Beside the article. */
export const besideText: readonly MakePart[] = [
  headlines('side', 'mostRead', false),
  headlines('side-teasers', 'mostRead', true),
];
