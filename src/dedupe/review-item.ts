import type { ArticleId } from '../domain/article.ts';
import type { Features } from './features.ts';

/** A published article that may be the newcomer, for the operator to say. */
export interface ReviewItem {
  readonly of: ArticleId;
  readonly score: number;
  readonly features: Features;
}
