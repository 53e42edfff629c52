/**
 * `npm run bench:composed`: pages put together at random from our own words, in ten languages and in layouts that nobody chose. It shows which
 * parts of a page stay in the text, and which kinds of page lose theirs. A seed that was looked at while a rule was written is no test of it.
 */
import { parseArgs } from 'node:util';
import { type ComposedPage, composePage } from './composed/compose-page.ts';
import { type Finding, judgePage } from './composed/judge-page.ts';

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '0' },
    only: { type: 'string' },
    html: { type: 'boolean', default: false },
  },
});
const count = Number(values.pages);
const seed = Number(values.seed);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed))
  throw new Error('--pages and --seed are whole numbers, such as --pages 1000 --seed 7');

interface Row {
  looked: number;
  wrong: number;
  readonly manners: Map<string, number>;
}
const rows = new Map<string, Row>();
let whole = 0;
let shown = 0;
for (let index = 0; index < count; index++) {
  const page = composePage(seed * 1_000_003 + index);
  const findings = judgePage(page);
  for (const finding of findings) note(page, finding);
  const wrong = findings.filter((finding) => finding.wrong);
  // Who signs a page without saying so is another question than what its text is.
  if (wrong.every(({ what }) => what === 'byline')) whole++;
  if (shown < Number(values.show) && wrong.some(({ what }) => what.includes(values.only ?? ''))) {
    shown++;
    console.log(`page ${index}: ${page.manner.join(' ')}`);
    for (const { what, got } of wrong) console.log(`    ${what}: ${got?.slice(0, 80)}`);
    if (values.html) console.log(page.html);
  }
}

console.log(
  `${count} pages, seed ${seed}: text and title of ${whole} are right (${((whole / count) * 100).toFixed(1)} %)`,
);
const table = [...rows].sort(([, one], [, other]) => other.wrong / other.looked - one.wrong / one.looked);
for (const [what, { looked, wrong, manners }] of table) {
  const often = [...manners].sort(([, one], [, other]) => other - one).slice(0, 5);
  const share = `${((wrong / looked) * 100).toFixed(1)} %`;
  console.log(
    `${what.padEnd(22)} ${String(wrong).padStart(5)} of ${String(looked).padEnd(6)} ${share.padStart(7)}  ${often.map(([manner, times]) => `${manner}: ${times}`).join(', ')}`,
  );
}

function note(page: ComposedPage, { what, wrong }: Finding): void {
  const row = rows.get(what) ?? { looked: 0, wrong: 0, manners: new Map() };
  rows.set(what, row);
  row.looked++;
  if (!wrong) return;
  row.wrong++;
  for (const manner of page.manner) row.manners.set(manner, (row.manners.get(manner) ?? 0) + 1);
}
