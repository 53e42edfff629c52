import { LRUCache } from 'lru-cache';

const known = new LRUCache<string, 'rtl' | 'ltr'>({ max: 1000 });

/** Whether a language is written from the right. */
export function directionOf(lang: string): 'rtl' | 'ltr' {
  const direction = known.get(lang) ?? findDirection(lang);
  known.set(lang, direction);
  return direction;
}

function findDirection(lang: string): 'rtl' | 'ltr' {
  try {
    const { script } = new Intl.Locale(lang).maximize();
    return rightToLeft.has(script ?? '') ? 'rtl' : 'ltr';
  } catch {
    return 'ltr';
  }
}

/** Scripts of living languages that run from right to left (Unicode, UAX #24 and #9). */
const rightToLeft: ReadonlySet<string> = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg', 'Mand']);
