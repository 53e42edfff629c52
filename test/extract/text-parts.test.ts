import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { newsPage } from './news-page.ts';
import { paragraphs } from './press.ts';

/** What belongs to the text without being a paragraph: lists without a list's elements, tables, quotations, headings that are links. */
const textOf = (lines: readonly string[], top = ''): string =>
  extractArticle({ url: 'https://courier.example/news/fish-market', html: newsPage({ top, text: lines }) }).article
    .text;
const [first = '', second = '', ...rest] = paragraphs;
const goods = ['Smoked eel', 'Salted herring', 'Pike from the lower lake', 'Crayfish', 'Perch fillets', 'Bream'];

describe('the text keeps', () => {
  it('numbered lines with the address of each thing between them', () => {
    const lines = goods.flatMap((name, index) => [
      `${index + 1}) ${name}`,
      `<a href="https://stalls.example/${index}">https://stalls.example/${index}</a>`,
    ]);
    const text = textOf([
      first,
      second,
      'These are the stalls that open on Friday, in the order of the rows:',
      ...lines,
    ]);
    for (const [index, name] of goods.entries()) expect(text).toContain(`${index + 1}) ${name}`);
    for (const index of goods.keys()) expect(text).toContain(`https://stalls.example/${index}`);
  });

  it('a list at its end that a line with a colon introduces', () => {
    const list = `</p><ul>${goods.map((name) => `<li>${name} - Row A</li>`).join('')}</ul><p>`;
    const text = textOf([...paragraphs, 'The full list of goods is below:', list]);
    for (const name of goods) expect(text).toContain(`${name} - Row A`);
  });

  it('tables that are written alike, each with its heading', () => {
    const table = (name: string, rows: readonly string[]): string =>
      `</p><div><div><h3>${name}</h3><table><tr><th>Stall</th><th>Tonnes</th></tr>${rows
        .map((row, index) => `<tr><td>${row}</td><td>${index + 3}</td></tr>`)
        .join('')}</table></div></div><p>`;
    const text = textOf([first, table('Lake', goods.slice(0, 3)), second, table('Sea', goods.slice(3)), ...rest]);
    for (const name of [...goods, 'Lake', 'Sea']) expect(text).toContain(name);
  });

  it('quotations that end with a name, and no line that stands in the text already', () => {
    const said = 'I have sold fish on this quay for thirty years, and I never saw so many people wait at the gate';
    const quote = (line: string): string => `</p><div><blockquote><div>${line}</div></blockquote></div><p>`;
    const text = textOf([first, quote(`${said} - Mira Holt`), second, ...rest]);
    expect(text).toContain(said);
    const again = textOf([first, second, quote(second.split(/(?<=[,.])\s/)[0] ?? ''), ...rest]);
    expect(again.split(second.slice(0, 30))).toHaveLength(2);
  });

  it('headings that are links above an address', () => {
    const places = ['Harbour Hall', 'The Net Loft', 'Quay House', 'Old Custom House'];
    const lines = places.flatMap((name, index) => [
      `</p><h2><a href="/places/${index}">${name}</a></h2><h3>${index + 1} Quay Street</h3><p>`,
      `${name} opens at six and serves ${goods[index]?.toLowerCase()} until the boats are empty, says the harbour master, who has eaten there since he was a boy.`,
    ]);
    const text = textOf([first, second, ...lines]);
    for (const name of places) expect(text.split('\n')).toContain(name);
  });

  it('items that each end with a link to more', () => {
    const items = goods.map(
      (name, index) =>
        `<li>${name}: row ${index + 1} sells it from six in the morning, and the boats bring it in on the day before.<br><a href="/goods/${index}">More on the ${name} of the lake</a></li>`,
    );
    const text = textOf([first, second, `</p><ol>${items.join('')}</ol><p>`, ...rest]);
    for (const [index, name] of goods.entries()) expect(text).toContain(`${name}: row ${index + 1} sells`);
  });

  it('a paragraph in its place that the standfirst repeats', () => {
    const line = rest[0] ?? '';
    const text = textOf(paragraphs, `<div class="b7"><h2>${line}</h2></div>`);
    expect(text.split(line)).toHaveLength(2);
    expect(text.indexOf(line)).toBeGreaterThan(text.indexOf(second));
  });
});

it.each([
  'In this Dec. 12, 2006, file photo, made available by the harbour board, boats wait behind the mole for the storm to end.',
  'Archivbild: Boote warten hinter der Mole auf das Ende des Sturms, der drei Tage lang dauerte.',
  'На архивном фото: лодки ждут за молом конца шторма, который длился три дня и две ночи.',
])('captions that a template sets as paragraphs are no text: %s', (line) => {
  expect(textOf(paragraphs, `<div><img src="/boats.jpg"><p>${line}</p></div>`)).not.toContain(line);
});

it.each([
  '*Submitted comments are subject to moderation before being displayed.',
  'आपत्तिजनक टिप्पणी प्रकाशित नहीं की जाएगी।',
  'আপত্তিকর মন্তব্য প্রকাশ করা হবে না।',
  'ความคิดเห็นที่ไม่เหมาะสมจะไม่ถูกเผยแพร่',
])('what readers wrote begins with the line that says what becomes of comments: %s', (line) => {
  const answers = [
    ['g4', 'They mean fewer boats, not less boats, and somebody at the paper should know the difference by now.'],
    ['Lindsay Moor', 'I wonder who paid for the new roof, because the old one kept the rain out well enough.'],
    ['Steve', 'As usual nobody asked the people who carry the crates up the steps at four in the morning.'],
  ];
  const thread = answers.map(([name, answer]) => `</p><p>${name}<br>${answer}`);
  const text = textOf([...paragraphs, line, ...thread]);
  for (const paragraph of paragraphs) expect(text).toContain(paragraph);
  for (const [, answer] of answers) expect(text).not.toContain(answer);
});
