import { folded, runs, tokens } from './extract-scores.ts';

/** What is known of a page when the boilerplate in a system's text is counted. */
export interface BoilerplatePage {
  readonly gold: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly html: string;
}

interface Line {
  readonly text: string;
  readonly folded: string;
  readonly words: number;
  /** The whole line is the text of a link of the page. */
  readonly linked: boolean;
}

const day =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\b\d{1,2}(?:st|nd|rd|th)? (?:january|february|march|april|may|june|july|august|september|october|november|december),? \d{4}|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b/i;

/** The kinds of boilerplate. Patterns are of the bench's own; no rule of the extraction is asked, so that every system is counted alike. */
const kinds: Readonly<Record<string, (line: Line, page: BoilerplatePage) => boolean>> = {
  title: (line, { title }) => {
    const wanted = tokens(folded(title));
    const found = tokens(line.folded);
    const shared = found.filter((word) => wanted.includes(word)).length;
    return wanted.length >= 3 && (2 * shared) / (wanted.length + found.length) >= 0.85;
  },
  'headline lists': ({ linked, words }) => linked && words >= 3 && words <= 30,
  'lead-ins': ({ text, words }) =>
    words <= 35 &&
    (/^\W*(?:read(?: more| also| next| now| on)?|also read|see(?: also| more)?|related(?: \w+)?|more|watch(?: now| more| live)?|listen|don.?t miss|recommended|up next|explained|must[- ]read|here.s more|further reading)\b[^.:：]{0,25}[:：>»|–—]/i.test(
      text,
    ) ||
      /^\W*(?:read more|read next|read also|also read|related (?:articles?|stories|story|posts|topics|news|content|coverage|links)|more (?:from|on|about|stories|news|coverage)|recommended|you (?:may|might) also like|keep reading|continue reading|click here|up next|most (?:read|popular)|editors?.? picks?|trending|in this article|on the same topic|what to read next|don.?t miss)\b/i.test(
        text,
      )),
  bylines: (line, { authors }) => {
    // The signature of a quoted post is part of the quote.
    if (line.words > 16 || /^[—–-].*\(@\w+\)/.test(line.text)) return false;
    if (
      /^(?:by|written by|posted by|story by|reported by|published|posted|updated|last updated|first published)\b[:\s]/i.test(
        line.text,
      )
    )
      return true;
    if (line.words <= 9 && day.test(line.text)) return true;
    if (
      line.words <= 8 &&
      /\b(?:\d+|an?) (?:min(?:ute)?s?|hours?|days?) (?:ago|read)\b|\bmin(?:ute)? read\b/i.test(line.text)
    )
      return true;
    return line.words <= 6 && authors.some((author) => author.includes(' ') && line.folded.includes(folded(author)));
  },
  newsletter: ({ text, words }) =>
    words < 60 &&
    /newsletter|sign(?:ing)? up (?:for|to|here|now|today|with)|subscribe\b|your inbox|email address|breaking news alerts|get the latest .{0,40}(?:news|updates|stories)|download (?:the|our) .{0,20}app|follow us on|join (?:our|us on|the) .{0,30}(?:whatsapp|telegram|channel|newsletter)/i.test(
      text,
    ),
  bio: (line, { authors }) =>
    line.words < 100 &&
    (/^about the authors?\b|\b(?:follow|reach|contact|email|find) (?:him|her|them|me) (?:on|at|by)\b|\bcan be reached\b|^follow .{2,40} on (?:twitter|x|instagram|facebook)/i.test(
      line.text,
    ) ||
      ((authors.some((author) => line.folded.startsWith(folded(author)) && author.includes(' ')) ||
        /^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){1,3} (?:is|was|has been|covers|writes|reports|joined)\b/u.test(
          line.text,
        )) &&
        /\b(?:reporter|writer|editor|correspondent|journalist|contributor|columnist|author|producer|freelance|professor|fellow|covers|covering|writes)\b/i.test(
          line.text.slice(0, 200),
        ))),
  copyright: ({ text, words }) => words < 60 && /©|\(c\) \d{4}|all rights reserved|^copyright\b/i.test(text),
};

export const boilerplateKinds: readonly string[] = Object.keys(kinds);

/** The lines of a system's text that the gold does not hold, with the kind of boilerplate they are. */
export function boilerplateLines(
  text: string,
  page: BoilerplatePage,
): readonly { readonly kind: string; readonly line: string }[] {
  const held = runs(page.gold);
  const gold = folded(page.gold);
  const links = new Set(
    [...page.html.matchAll(/<a\b([^>]*)>([\s\S]{5,600}?)<\/a>/gi)]
      // A link within the page is a table of contents; its headings are text.
      .filter(([, attributes]) => !/href\s*=\s*["']?#/i.test(attributes ?? ''))
      .map(([, , inner]) => folded((inner ?? '').replace(/<[^>]*>/g, ' ').replace(/&[#\w]+;/g, ' '))),
  );
  return text.split('\n').flatMap((line) => {
    const words = tokens(line).length;
    if (words === 0 || isHeld(line, words, held, gold)) return [];
    const known = { text: line.trim(), folded: folded(line), words, linked: links.has(folded(line)) };
    return boilerplateKinds.filter((kind) => kinds[kind]?.(known, page)).map((kind) => ({ kind, line }));
  });
}

/** Half of the line's word runs stand in the gold; of a short line, all of it. */
function isHeld(line: string, words: number, held: ReadonlyMap<string, number>, gold: string): boolean {
  if (words < 4) return ` ${gold} `.includes(` ${folded(line)} `);
  const own = [...runs(line).keys()];
  return own.filter((run) => held.has(run)).length >= own.length / 2;
}

/** Which kinds of boilerplate stand in a system's text. */
export const boilerplateLeft = (text: string, page: BoilerplatePage): string[] => [
  ...new Set(boilerplateLines(text, page).map(({ kind }) => kind)),
];
