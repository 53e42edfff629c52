import type { OutItem } from '../../../feeds/write/feed.ts';
import type { Difference } from '../../store/read/articles.ts';
import { addsSubstance } from '../../store/read/story-differences.ts';
import type { ToldStory } from '../../store/read/story-feed.ts';
import { outletName } from '../names.ts';
import { inWords } from '../pages/difference.ts';
import { articleItem, type ItemContext } from './article-item.ts';
import { derivedId } from './derived-id.ts';

/**
 * When a story last got something substantial: an article that is the first of its language, that tells two sentences or another figure
 * more than those before it, or that was itself changed so that readers should hear of it. Copies and repetitions move nothing.
 */
export function substantialAt({ articles, face }: ToldStory, differences: ReadonlyMap<string, Difference>): Date {
  const langs = new Set<string>();
  // From the first article on, not from the face: a later one that says no more may be the better face.
  let latest = (articles[0] ?? face).firstSeenAt;
  for (const { id, lang, firstSeenAt, updatedAt } of articles) {
    const difference = differences.get(id);
    const adds = !langs.has(lang) || (difference !== undefined && addsSubstance(difference));
    langs.add(lang);
    if ((adds || updatedAt > firstSeenAt) && updatedAt > latest) latest = updatedAt;
  }
  return latest;
}

/** A story as one item: its face, and below it who else tells it and what that adds. Its id never changes. */
export function storyItem(
  told: ToldStory,
  differences: ReadonlyMap<string, Difference>,
  context: ItemContext,
): OutItem {
  const { story, face, articles } = told;
  const { names, base } = context;
  const item = articleItem(face, context);
  const others = articles.filter(({ id }) => id !== face.id);
  const [first = face] = articles;
  return {
    ...item,
    id: derivedId('story', story),
    url: others.length > 0 ? `${base}/story/${story}` : face.url,
    published: first.newsAt.toISOString(),
    updated: substantialAt(told, differences).toISOString(),
    alsoAt: [
      ...[face, ...others].flatMap((article) => {
        const name = outletName(names, article.source);
        const difference = differences.get(article.id);
        const own = { name, url: article.url, title: article.title, note: difference && inWords(difference) };
        const copies = article.alsoAt.map((copy) => ({
          name: outletName(names, copy.source),
          url: copy.url,
          title: copy.title,
          note: `a copy of ${name}'s`,
        }));
        return article.id === face.id && others.length === 0 ? copies : [own, ...copies];
      }),
    ],
  };
}
