import labels from './data/headline-labels.json' with { type: 'json' };

const live: ReadonlySet<string> = new Set(labels.live);
const opinion: ReadonlySet<string> = new Set(labels.opinion);
const questions = labels.question;

/** What a headline says of its article by itself. */
export type HeadlineKind = 'report' | 'live' | 'comment';

/** The label before a colon, a bar or a dash: `Live: …`, `Analysis | …`. */
const label = /^[^\p{L}]{0,3}([\p{L}' -]{2,30}?)\s{0,2}(?:[:|：]|\s[–—-]\s)/u;
const labelBehind = /[|–—]\s{0,2}([\p{L}' -]{2,30})\s{0,2}$/u;

/**
 * What kind of article a headline announces: a live page or a comment by its label, an explanation or a comment where it asks ('Why fog
 * still beats radar'); all others are reports.
 */
export function headlineKind(title: string): HeadlineKind {
  const plain = title.normalize('NFC').toLowerCase().replaceAll('’', "'").trim();
  for (const found of [label.exec(plain)?.[1], labelBehind.exec(plain)?.[1]]) {
    const word = found?.trim() ?? '';
    if (live.has(word)) return 'live';
    if (opinion.has(word)) return 'comment';
  }
  if (/[?？؟;]\s*$/u.test(plain) && !plain.endsWith(';')) return 'comment';
  return questions.some((word) => plain.startsWith(`${word} `)) ? 'comment' : 'report';
}
