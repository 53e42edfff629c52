import type { StoryCard } from '../../store/read/story-cards.ts';
import { type Names, outletName } from '../names.ts';
import { standfirst } from '../pages/labels.ts';
import type { StoryJson } from './schema.ts';

/** A story for programs. */
export const storyJson = (card: StoryCard, names: Names): StoryJson => ({
  id: card.story,
  title: card.face.title,
  summary: standfirst(card.face) || null,
  lang: card.face.lang,
  face: card.face.id,
  newest: card.newest.newsAt.toISOString(),
  articles: card.articles,
  independent: card.independent,
  sources: card.sources.map((id) => ({ id, name: outletName(names, id) })),
  langs: card.langs,
});
