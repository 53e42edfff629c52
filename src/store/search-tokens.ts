import { sql } from 'kysely';
import type { Db } from './db.ts';

/** A word or a mark as a tsvector holds it. There is one of each text: `search-vector.ts` notes on it what a vector has of it. */
export interface Lexeme {
  /** In quotes. */
  readonly written: string;
  /** Number of the last vector that has it, and its places there. */
  vector: number;
  count: number;
  places: string;
}

/** What PostgreSQL makes of a token that stands between spaces: its lexemes in the order of their places, and each as `search_mark` marks it. */
export interface SaidToken {
  readonly lexemes: Lexeme[];
  readonly marks: Lexeme[];
  /** Number of the last vector that has it. */
  vector: number;
}

const newToken = (lexemes: Lexeme[] = []): SaidToken => ({ lexemes, marks: [], vector: 0 });

/** A token that is asked for. */
interface Asked {
  readonly config: string;
  readonly token: string;
  readonly said: SaidToken;
  /** As which it is written. */
  readonly as: Set<string>;
}

/** Tokens, and the text search configuration that they are asked of: `simple`, or a stemmer's. */
export interface AskedTokens {
  readonly config: string;
  readonly tokens: readonly string[];
}

/** Words of ASCII with what stands around them in most texts: the server makes of them what it makes of the word. */
const plain = /^[("'“‘«„]{0,3}([A-Za-z]{1,100})[)"'”’»,;:!?.…]{0,3}$/;

/** Tokens of all configurations; a language has some ten thousand that come again and again. Some 300 bytes each. */
const mostRemembered = 100_000;

/** A text by itself: what was cut out of another keeps the whole of that in memory. */
const byItself = (text: string): string => ` ${text}`.slice(1);

/** What the server said of tokens. */
export class TokenMemory {
  readonly #lexemes = new Map<string, Lexeme>();
  readonly #tokens = new Map<string, Map<string, SaidToken>>();
  #size = 0;

  get isFull(): boolean {
    return this.#size > mostRemembered;
  }

  lexeme(said: string): Lexeme {
    const known = this.#lexemes.get(said);
    if (known) return known;
    const text = byItself(said);
    const lexeme = { written: `'${text.replace(/['\\]/g, '$&$&')}'`, vector: 0, count: 0, places: '' };
    this.#lexemes.set(text, lexeme);
    return lexeme;
  }

  #of(config: string): Map<string, SaidToken> {
    const known = this.#tokens.get(config) ?? new Map<string, SaidToken>();
    this.#tokens.set(config, known);
    return known;
  }

  /** Asks for tokens that did not come before, all in one statement. @returns what the server makes of each, in their order */
  async read(db: Db, asked: readonly AskedTokens[]): Promise<SaidToken[][]> {
    const unknown = new Map<string, Asked>();
    const lists = asked.map(({ config, tokens }) => {
      const known = this.#of(config);
      return tokens.map((token) => known.get(token) ?? this.#bySpelling(config, token, unknown));
    });
    const entries = [...unknown.values()];
    for (const [index, { lexemes, marks }] of (await askFor(db, entries)).entries()) {
      const said = entries[index]?.said;
      said?.lexemes.push(...lexemes.map((text) => this.lexeme(text)));
      said?.marks.push(...marks.map((text) => this.lexeme(text)));
    }
    for (const { config, token, said, as } of entries) for (const one of [token, ...as]) this.#set(config, one, said);
    return lists;
  }

  /** What is said of the word that is all there is to a token; or what will be, when `unknown` was asked for. */
  #bySpelling(config: string, token: string, unknown: Map<string, Asked>): SaidToken {
    const word = plain.exec(token)?.[1]?.toLowerCase();
    const told =
      word === undefined
        ? undefined
        : (this.#of(config).get(word) ?? (config === 'simple' ? newToken([this.lexeme(word)]) : undefined));
    if (told) {
      this.#set(config, token, told);
      return told;
    }
    const key = `${config} ${word ?? token}`;
    const entry = unknown.get(key) ?? { config, token: word ?? token, said: newToken(), as: new Set() };
    entry.as.add(token);
    unknown.set(key, entry);
    return entry.said;
  }

  #set(config: string, token: string, said: SaidToken): void {
    this.#of(config).set(byItself(token), said);
    this.#size++;
  }
}

/** What stands in no lexeme and no mark: between two of them, between a token's lexemes and its marks, between two tokens. */
const [between, aside, after] = ['\u0001', '\u0002', '\u0003'];

/** All that is said goes as one text: rows and lists of it took the driver longer than all else. No token has a space in it. */
async function askFor(
  db: Db,
  asked: readonly Asked[],
): Promise<{ readonly lexemes: string[]; readonly marks: string[] }[]> {
  if (asked.length === 0) return [];
  const { rows } = await sql<{ all: string }>`
    select string_agg(said.lexemes || ${aside} || said.marks, ${after} order by number) as all
    from unnest(string_to_array(${asked.map(({ config }) => config).join(' ')}::text, ' '),
      string_to_array(${asked.map(({ token }) => token).join(' ')}::text, ' ')) with ordinality as asked (config, token, number)
    cross join lateral (
      select coalesce(string_agg(lexeme, ${between} order by place), '') as lexemes,
        coalesce(string_agg(search_mark(config, lexeme), ${between} order by place), '') as marks
      from unnest(to_tsvector(config::regconfig, ' ' || token || ' ')) as word (lexeme, places, weights), unnest(places) as place
    ) as said`.execute(db);
  const listOf = (text = '') => (text === '' ? [] : text.split(between));
  return (rows[0]?.all ?? '').split(after).map((said) => {
    const [lexemes, marks] = said.split(aside);
    return { lexemes: listOf(lexemes), marks: listOf(marks) };
  });
}
