import type { Draw } from './draw.ts';
import phrases from './phrases.json' with { type: 'json' };

/** All that pages say in one language. */
export type Phrases = (typeof phrases.languages)['en'];
export const languages = phrases.languages as Readonly<Record<string, Phrases>>;

/** How a template calls its boxes: not at all, by what they hold, by a digest, by their look, by numbers. */
export const namings = ['none', 'meaning', 'digest', 'look', 'number'] as const;
export type Naming = (typeof namings)[number];

const looks = ['flex mt-4', 'mb-6 w-full', 'px-2 py-1', 'grid gap-2'] as const;

/** The class attribute of a box that holds `meaning`. */
export function classOf(draw: Draw, naming: Naming, meaning: string): string {
  const digest = [...meaning].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  const names: Readonly<Record<Naming, string>> = {
    none: '',
    meaning,
    digest: `css-${digest.toString(36)}`,
    look: draw.pick(looks),
    number: `b${digest % 23}`,
  };
  return naming === 'none' ? '' : ` class="${names[naming]}"`;
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export const element = (name: string, attributes: string, inside: string): string =>
  `<${name}${attributes}>${inside}</${name}>`;
