import { prefixOfNamespace } from './namespaces.ts';
import { attribute } from './normal-form.ts';

export type Attributes = Readonly<Record<string, string>>;

/** What an element inherits from those around it. */
export interface Scope {
  /** `xml:base`, as far as it can be joined. */
  readonly base: string | undefined;
  /** `xml:lang` */
  readonly lang: string | undefined;
  /** Prefixes as the document declares them → the prefixes of `namespaces.ts`. */
  readonly prefixes: ReadonlyMap<string, string>;
}

export const outermost: Scope = { base: undefined, lang: undefined, prefixes: new Map() };

/** Elements that belong to one vocabulary whatever is declared: feeds are found with Atom, XHTML or Media RSS as the default of an `<rss>`. */
const unmistakable: ReadonlyMap<string, string> = new Map([
  ['rss', 'rss'],
  ['channel', 'rss'],
  ['item', 'rss'],
  ['feed', 'atom'],
  ['entry', 'atom'],
  ['rdf', 'rdf'],
]);

/** The vocabulary that an element without a prefix shows by its name alone. */
export const vocabularyOf = (local: string): string | undefined => unmistakable.get(local);

/** The scope within an element. */
export function scopeWithin(tag: string, attributes: Attributes, outer: Scope, decode: (raw: string) => string): Scope {
  let { base, lang } = outer;
  let prefixes: Map<string, string> | undefined;
  for (const key in attributes) {
    if (!key.startsWith('xml')) continue;
    const value = decode(attributes[key] ?? '').trim();
    if (key === 'xml:base') base = joinBase(value, base);
    else if (key === 'xml:lang') lang = value || undefined;
    else if (key === 'xmlns' || key.startsWith('xmlns:')) {
      prefixes ??= new Map(outer.prefixes);
      // RSS 1.0 declares its own vocabulary as the default within <rdf>.
      const own = key === 'xmlns' && tag !== 'rdf' ? vocabularyOf(tag) : undefined;
      const known = own ?? prefixOfNamespace(value);
      if (known === undefined) prefixes.delete(key.slice(6));
      else prefixes.set(key.slice(6), known);
    }
  }
  if (base === outer.base && lang === outer.lang && !prefixes) return outer;
  return { base, lang, prefixes: prefixes ?? outer.prefixes };
}

function joinBase(value: string, outer: string | undefined): string | undefined {
  if (value === '') return outer;
  if (outer !== undefined && URL.canParse(value, outer)) return new URL(value, outer).href;
  return value;
}

/** What of the scope an element of the normal form carries. */
export const scopeAttributes = ({ base, lang }: Scope): string =>
  (base ? attribute('base', base) : '') + (lang ? attribute('lang', lang, 100) : '');
