import exchanges from './data/exchanges.json' with { type: 'json' };
import type { Mention } from './mention.ts';

/** Exchange codes as news agencies hang them on a company's short name (Reuters Instrument Codes: 'SIEGn.DE', 'BP.L'). */
const bySuffix: ReadonlyMap<string, string> = new Map(Object.entries(exchanges.suffixes));
/** Exchanges as they stand before a company's short name: '(NYSE: GM)'. */
const byExchange: ReadonlyMap<string, string> = new Map(Object.entries(exchanges.names));

const listing = /(<[A-Z]{1,5}>)|[<(](?:[A-Z0-9]{1,6}[a-z]?\.([A-Z]{1,2})|([A-Za-z]{3,6}): ?[A-Z0-9.]{1,8})[>)]/g;

/** Where the companies of a text are listed, as agencies add it in brackets, which is mostly where they are; '<GM>' alone is in New York. */
export function listingsIn(text: string): Mention[] {
  return [...text.matchAll(listing)].flatMap(({ 0: found, 1: bare, 2: suffix, 3: exchange, index }) => {
    const code = bare ? 'US' : suffix ? bySuffix.get(suffix) : byExchange.get(exchange?.toUpperCase() ?? '');
    return code ? [{ code, kind: 'listing' as const, rank: 0, start: index, end: index + found.length }] : [];
  });
}
