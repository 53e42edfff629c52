import { matchesPattern } from '../../domain/address-pattern.ts';
import type { Source } from '../../domain/source.ts';

/** True when an address is one that the operator wants. */
export function isWanted({ include, exclude }: Pick<Source, 'include' | 'exclude'>, url: string): boolean {
  const matches = (pattern: string) => matchesPattern(pattern, url);
  if (exclude.some(matches)) return false;
  return include.length === 0 || include.some(matches);
}
