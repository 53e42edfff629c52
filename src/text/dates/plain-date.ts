import { plainDigits } from './digits.ts';
import { monthsOfSeveralWords } from './months.ts';

/**
 * A text as dates are read from it: plain digits (`plainDigits`), and forms that no reader shall have to know: months of two words as one,
 * the year of C's `asctime` behind its day, years of two digits where Thai or RFC 850 writes them.
 */
export function plainDate(text: string, language?: string): string {
  const plain = plainDigits(text)
    .replace(monthsOfSeveralWords, (name) => name.replace(/\s/g, ''))
    .replace(asctime, '$1 $4 $2$3')
    .replace(rfc850, '$1 $2 20$3');
  return /[\u0e01-\u0e4d]/.test(plain) || language?.startsWith('th') ? plain.replace(thaiYear, '$1$225$3') : plain;
}

/** 'Nov 21 08:15:00 CET 2026' */
const asctime = /\b([a-z]{3} \d{1,2}) (\d{1,2}:\d\d(?::\d\d)?)( [a-z]{1,5}| [+-]\d{4})? (\d{4})(?!\d)/gi;
/** '21-Nov-26 08:15' */
const rfc850 = /\b(\d{1,2})[ -]([a-z]{3})[ -](\d\d)(?= \d\d:\d\d)/gi;
/** '15 ก.ย. 69', '15/9/69': the last two digits of a Buddhist year. */
const thaiYear = /(\d{1,2})(\s?[\u0e01-\u0e4d.]{2,20}\s?|[/-]\d{1,2}[/-])(\d\d)(?![\d:/])/g;
