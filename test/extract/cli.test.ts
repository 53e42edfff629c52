import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { paragraphs, pressPage } from './press.ts';

const cli = join(import.meta.dirname, '../../src/cli.ts');

async function run(
  words: readonly string[],
  input: string,
): Promise<{ code: number | null; out: string; error: string }> {
  const child = spawn(process.execPath, [cli, 'extract', ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let error = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    error += data;
  });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, out, error };
}

describe('courant extract', () => {
  it('answers every line of --jsonl, in order, whatever it holds', async () => {
    const lines = [
      JSON.stringify({ id: 'a', url: 'https://courier.example/2026/market', html: pressPage() }),
      'no JSON',
      JSON.stringify({ id: 7, url: 'https://courier.example/', html: '<p>Nothing here' }),
      JSON.stringify({ id: 'c' }),
    ];
    const { code, out } = await run(['--jsonl'], `${lines.join('\n')}\n`);
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(answers.map(({ id }) => id)).toEqual(['a', null, 7, 'c']);
    expect(answers[0]).toMatchObject({
      title: 'Brenkoval reopens its fish market',
      byline: ['Maren Oltvik'],
      lang: 'en-GB',
      outcome: 'published',
      author: ['Maren Oltvik'],
      date: answers[0].published,
    });
    expect(answers[0].text.split('\n')).toEqual([...paragraphs]);
    expect(Object.keys(answers[0])).toEqual(
      'id title byline published modified lang site image text html outcome author date'.split(' '),
    );
    for (const answer of answers.slice(1)) expect(answer.outcome).toMatch(/^rejected: /);
  });

  it('reads standard input and gives the chosen form', async () => {
    const { out } = await run(['-', '--format', 'markdown'], pressPage());
    expect(out).toMatch(/^# Brenkoval reopens its fish market\n/);
    expect(out).toContain('### What the plans show');
  });

  it('says what is wrong with its words', async () => {
    const { code, error } = await run(['-', '--format', 'pdf'], '');
    expect(code).toBe(2);
    expect(error).toContain("--format 'pdf' is none of text, json, html, markdown");
  });
});
