import type { Mention } from './mention.ts';

/** Exchange codes as news agencies hang them on a company's short name (Reuters Instrument Codes: 'SIEGn.DE', 'BP.L'). */
const suffixes =
  'L:GB N:US O:US OQ:US A:US TO:CA V:CA DE:DE F:DE PA:FR AS:NL BR:BE MI:IT MC:ES LS:PT ST:SE OL:NO CO:DK HE:FI VI:AT AT:GR IS:TR WA:PL PR:CZ BU:HU MM:RU ZA:HR TA:IL SE:SA JO:ZA LG:NG NR:KE T:JP HK:HK SS:CN SZ:CN KS:KR KQ:KR TW:TW SI:SG KL:MY JK:ID BK:TH PS:PH NS:IN BO:IN KA:PK AX:AU NZ:NZ SA:BR MX:MX BA:AR SN:CL';
/** Exchanges as they stand before a company's short name: '(NYSE: GM)'. */
const exchanges =
  'NYSE:US NASDAQ:US AMEX:US TSX:CA TSXV:CA LSE:GB LON:GB ASX:AU NZX:NZ HKEX:HK HKG:HK TYO:JP ETR:DE FRA:DE XETRA:DE EPA:FR BIT:IT BME:ES AMS:NL EBR:BE STO:SE OSE:NO CPH:DK SGX:SG NSE:IN BSE:IN JSE:ZA KRX:KR SSE:CN SZSE:CN WSE:PL';

const tableOf = (rows: string): ReadonlyMap<string, string> =>
  new Map(rows.split(' ').map((row) => row.split(':') as [string, string]));
const bySuffix = tableOf(suffixes);
const byExchange = tableOf(exchanges);

const listing = /(<[A-Z]{1,5}>)|[<(](?:[A-Z0-9]{1,6}[a-z]?\.([A-Z]{1,2})|([A-Za-z]{3,6}): ?[A-Z0-9.]{1,8})[>)]/g;

/** Where the companies of a text are listed, as agencies add it in brackets, which is mostly where they are; '<GM>' alone is in New York. */
export function listingsIn(text: string): Mention[] {
  return [...text.matchAll(listing)].flatMap(({ 0: found, 1: bare, 2: suffix, 3: exchange, index }) => {
    const code = bare ? 'US' : suffix ? bySuffix.get(suffix) : byExchange.get(exchange?.toUpperCase() ?? '');
    return code ? [{ code, kind: 'listing' as const, rank: 0, start: index, end: index + found.length }] : [];
  });
}
