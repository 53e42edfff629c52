import { isSpace } from '../../text/words.ts';

/** What the characters of a line are; counts of its first characters, sentences and signs of all of it. */
export interface Characters {
  readonly length: number;
  readonly digits: number;
  readonly upper: number;
  readonly letters: number;
  readonly commas: number;
  readonly questions: number;
  /** Ends of sentences, six at most. */
  readonly sentences: number;
  readonly signs: boolean;
}

export function lookAt(text: string): Characters {
  const length = Math.min(text.length, 600);
  let digits = 0;
  let upper = 0;
  let letters = 0;
  let commas = 0;
  let questions = 0;
  for (let c = 0; c < length; c++) {
    const code = text.charCodeAt(c);
    if (code >= 97 && code <= 122) letters++;
    else if (code >= 48 && code <= 57) digits++;
    else if (code >= 65 && code <= 90) {
      upper++;
      letters++;
    } else if (code === 44 || code === 0x3001 || code === 0xff0c || code === 0x060c) commas++;
    else if (code === 63 || code === 33) questions++;
    else if (code > 127) letters++;
  }
  let sentences = 0;
  for (let c = 0; c < text.length && sentences < 6; c++)
    if (isStop(text.charCodeAt(c)) && isAfterStop(text, c + 1)) sentences++;
  return { length, digits, upper, letters, commas, questions, sentences, signs: /[|©@/›»]/.test(text) };
}

const isStop = (code: number): boolean =>
  code === 0x2e ||
  code === 0x21 ||
  code === 0x3f ||
  (code >= 0x61f && (code === 0x61f || code === 0x964 || code === 0x3002 || code === 0xff01 || code === 0xff1f));

/** White space, a closing quote or bracket, or the end. */
function isAfterStop(text: string, at: number): boolean {
  if (at === text.length) return true;
  const code = text.charCodeAt(at);
  return code === 0x22 || code === 0x29 || code === 0x201d || code === 0x2019 || code === 0xbb || isSpace(code);
}
