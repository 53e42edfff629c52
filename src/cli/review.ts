import { openExistingStore } from '../app/open-store.ts';
import { UsageError } from '../app/usage-error.ts';
import { answeredReviewItems, answerReviewItem, openReviewItems } from '../store/review-items.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, storeOptions } from './options.ts';
import { table } from './table.ts';

const shape = {
  own: { json: { type: 'boolean' } },
  settings: storeOptions,
  words: ['list', 'same', 'different', 'export'],
} as const satisfies Shape;

export const command: Command = {
  summary: 'answers whether two articles that look alike are one',
  shape,
  help: `
Usage: courant review [--json]            list the pairs that were published as two but may be one
       courant review same NUMBER …       they are one: the newer becomes a copy of the older
       courant review different NUMBER …  they are two
       courant review export              all answers as JSON lines, for npm run train:dedupe -- --answers FILE

${settingHelp(storeOptions)}`,
  async run(argv) {
    const { words, values, settings } = parseCommand(argv, shape);
    const [verb = 'list', ...numbers] = words;
    if (!['list', 'same', 'different', 'export'].includes(verb))
      throw new UsageError(`review knows same, different and export, not '${verb}'.`);
    const asked = numbers.map(Number);
    if (asked.some((number) => !Number.isInteger(number) || number < 1))
      throw new UsageError('the numbers are those that `courant review` lists');
    await using store = await openExistingStore(settings);
    switch (verb) {
      case 'export':
        for (const answer of await answeredReviewItems(store.db)) console.log(JSON.stringify(answer));
        return 0;
      case 'list': {
        const items = await openReviewItems(store.db);
        console.log(
          values.json
            ? JSON.stringify(items, null, 2)
            : table(['number', 'score', 'headlines and addresses'], items.flatMap(rowsOf)),
        );
        return 0;
      }
      default:
        return answer(store, asked, verb === 'same');
    }
  },
};

type OpenStore = Awaited<ReturnType<typeof openExistingStore>>;

async function answer(store: OpenStore, numbers: readonly number[], same: boolean): Promise<number> {
  let unknown = 0;
  for (const number of numbers) {
    if (await answerReviewItem(store, number, same, new Date())) continue;
    console.error(`courant: there is no open question ${number}`);
    unknown++;
  }
  return unknown === 0 ? 0 : 1;
}

const rowsOf = ({ number, score, titles, urls }: Awaited<ReturnType<typeof openReviewItems>>[number]) => [
  [number, score.toFixed(2), `${titles[0] ?? ''}  ${urls[0] ?? ''}`],
  ['', '', `${titles[1] ?? ''}  ${urls[1] ?? ''}`],
];
