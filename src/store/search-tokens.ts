import { sql } from 'kysely';
import type { Db } from './db.ts';

/** What PostgreSQL makes of a token that stands between spaces: its lexemes in the order of their places, and each as `search_mark` marks those of a stemmer. */
export interface SaidToken {
  readonly lexemes: readonly string[];
  readonly marks: readonly string[];
}

/** Tokens, and the text search configuration that they are asked of: `simple`, or a stemmer's. */
export interface AskedTokens {
  readonly config: string;
  readonly tokens: Iterable<string>;
}

/** Words of ASCII with what stands around them in most texts: the server makes one lexeme of them, the word. */
const plain = /^[("'“‘«„]{0,3}([A-Za-z]{1,100})[)"'”’»,;:!?.…]{0,3}$/;

/** The word of a token that has one and nothing else, in lower case; else the token. All that is told of a token is told of this too. */
export const bareToken = (token: string): string => plain.exec(token)?.[1]?.toLowerCase() ?? token;

type Memory = Map<string, Map<string, SaidToken>>;
let memory: Memory = new Map();
/** Tokens of all configurations; a language has some ten thousand that come again and again. */
const mostRemembered = 200_000;

/**
 * Asks the server for tokens that did not come before, all in one statement.
 * @returns what it makes of those of a configuration
 */
export async function readTokens(
  db: Db,
  asked: readonly AskedTokens[],
): Promise<(config: string) => ReadonlyMap<string, SaidToken>> {
  if ([...memory.values()].reduce((sum, { size }) => sum + size, 0) > mostRemembered) memory = new Map();
  // Others may begin a new memory meanwhile.
  const mine = memory;
  const unknown = new Map<string, Set<string>>();
  for (const { config, tokens } of asked) {
    const known = ofConfig(mine, config);
    for (const token of tokens) {
      if (known.has(token)) continue;
      const word = config === 'simple' ? plain.exec(token)?.[1] : undefined;
      if (word === undefined) unknown.set(config, (unknown.get(config) ?? new Set()).add(token));
      else known.set(token, { lexemes: [word.toLowerCase()], marks: [] });
    }
  }
  const rows = [...unknown].flatMap(([config, tokens]) => [...tokens].map((token) => ({ config, token })));
  const said = rows.length === 0 ? [] : await askFor(db, rows);
  for (const [index, { config, token }] of rows.entries())
    ofConfig(mine, config).set(token, said[index] ?? { lexemes: [], marks: [] });
  return (config) => ofConfig(mine, config);
}

function ofConfig(all: Memory, config: string): Map<string, SaidToken> {
  const known = all.get(config) ?? new Map<string, SaidToken>();
  all.set(config, known);
  return known;
}

async function askFor(
  db: Db,
  asked: readonly { readonly config: string; readonly token: string }[],
): Promise<SaidToken[]> {
  const { rows } = await sql<SaidToken>`
    select said.lexemes, said.marks
    from unnest(${asked.map(({ config }) => config)}::text[], ${asked.map(({ token }) => ` ${token} `)}::text[])
      with ordinality as asked (config, token, number)
    cross join lateral (
      select coalesce(array_agg(lexeme order by place), '{}') as lexemes,
        coalesce(array_agg(search_mark(config, lexeme) order by place), '{}') as marks
      from unnest(to_tsvector(config::regconfig, token)) as word (lexeme, places, weights), unnest(places) as place
    ) as said
    order by number`.execute(db);
  return rows;
}
