import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

async function courant(args: string[], input: string) {
  const child = spawn(process.execPath, ['src/cli.ts', ...args]);
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.on('close', resolve)),
  ]);
  return { out, err, code };
}

describe('courant classify --jsonl', () => {
  it('answers each line in order, also those it cannot read', async () => {
    const lines = [
      JSON.stringify({ id: 'a', title: 'Elections in Croatia', text: 'Voters in Zagreb went to the polls.' }),
      'not json',
      JSON.stringify({ id: 7, title: ['no'] }),
      JSON.stringify({
        id: 'b',
        title: 'Nova cesta',
        text: 'Cesta je otvorena jučer.',
        source: { country: 'HR', lang: 'hr' },
        labels: ['Sport'],
      }),
      JSON.stringify({ id: 'c', title: 'Elections in Croatia', text: '', source: 'paper' }),
      JSON.stringify({ id: 'd', title: 'Elections in Croatia', text: '', source: 7 }),
      JSON.stringify({ id: 'e', title: null, text: 'Voters in Croatia went to the polls.' }),
      JSON.stringify({ id: 'f', title: 'Elections in Croatia', text: null }),
    ];
    const { out, code } = await courant(['classify', '--jsonl'], lines.join('\n'));
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(answers.map((answer) => answer.id)).toEqual(['a', null, 7, 'b', 'c', 'd', 'e', 'f']);
    expect(answers[0]).toMatchObject({ lang: 'en', countries: ['HR'], mentioned: ['HR'] });
    expect(answers[0].regions).toContain('balkans');
    expect(answers[0].evidence.countries[0].evidence).toContain('Croatia');
    expect(answers[1].error).toMatch(/not JSON/);
    expect(answers[2].error).toMatch(/title/);
    expect(answers[4]).toMatchObject({ countries: ['HR'] });
    expect(answers[5].error).toMatch(/source/);
    expect(answers[6]).toMatchObject({ countries: ['HR'] });
    expect(answers[7]).toMatchObject({ countries: ['HR'] });
    expect(answers[3]).toMatchObject({ lang: 'hr', countries: ['HR'], topics: ['15000000'] });
  });

  it('says how it is used', async () => {
    const { err, code } = await courant(['classify'], '');
    expect(code).toBe(2);
    expect(err).toMatch(/--jsonl/);
  });
});
