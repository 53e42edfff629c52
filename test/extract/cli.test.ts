import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { paragraphs, pressPage } from './press.ts';

const cli = join(import.meta.dirname, '../../src/cli.ts');

async function run(
  words: readonly string[],
  input: string | Uint8Array,
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
      'id title byline published modified lang site image canonicalUrl text html outcome author date'.split(' '),
    );
    for (const answer of answers.slice(1)) expect(answer.outcome).toMatch(/^rejected: /);
  });

  it('reads standard input and gives the chosen form', async () => {
    const { out } = await run(['-', '--format', 'markdown'], pressPage());
    expect(out).toMatch(/^# Brenkoval reopens its fish market\n/);
    expect(out).toContain('### What the plans show');
  });

  it.each([
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj stream secret endstream')],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
    ['bytes without a zero', Uint8Array.from({ length: 2000 }, (_, index) => 1 + ((index * 7919) % 255))],
  ])('says not-html of %s and prints none of it', async (_, bytes) => {
    const { code, out, error } = await run(['-'], bytes);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(/rejected: not-html\. The answer is not a web page/);
  });

  it('says not-html of a PDF and of bytes in a JSON line', async () => {
    const bytes = Buffer.from(Uint8Array.from({ length: 900 }, (_, index) => 1 + ((index * 7919) % 255)));
    const others = ['%PDF-1.7\n1 0 obj', '\n%PDF-1.7\n1 0 obj', bytes.toString()];
    const { out } = await run(['--jsonl'], others.map((html, id) => `${JSON.stringify({ id, html })}\n`).join(''));
    const answers = out.trim().split('\n');
    expect(answers).toHaveLength(others.length);
    for (const answer of answers)
      expect(JSON.parse(answer)).toMatchObject({ text: '', html: '', outcome: 'rejected: not-html' });
  });

  it('says what a reason means, and how to see more', async () => {
    const { code, error } = await run(['-'], '<html><body><p>Nothing here</p></body></html>');
    expect(code).toBe(1);
    expect(error).toMatch(/rejected: [a-z-]+\. [A-Z].*--explain/);
  });

  it('says what is wrong with its words', async () => {
    const { code, error } = await run(['-', '--format', 'pdf'], '');
    expect(code).toBe(2);
    expect(error).toContain("--format 'pdf' is none of text, json, html, markdown");
  });
});
