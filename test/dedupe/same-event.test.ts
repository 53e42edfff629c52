import { describe, expect, it } from 'vitest';
import { dedupeAll } from '../../src/app/dedupe-stream.ts';

type Report = readonly [title: string, text: string];

/** Whether two reports, the second so many hours later at another outlet, are one story; and whether they are one article. */
async function together([titleA, textA]: Report, hours: number, [titleB, textB]: Report): Promise<[boolean, boolean]> {
  const at = (after: number) => new Date(Date.UTC(2026, 10, 20, after)).toISOString();
  const common = { url: undefined, lang: undefined };
  const [a, b] = await dedupeAll([
    { ...common, id: 'a', title: titleA, text: textA, published: at(0), source: 'post' },
    { ...common, id: 'b', title: titleB, text: textB, published: at(hours), source: 'herald' },
  ]);
  return [a?.story === b?.story, b?.duplicateOf !== null];
}

describe('two events told alike are two stories', () => {
  it.each<[string, Report, number, Report]>([
    [
      'another town',
      [
        'Fire destroys house in Leeds',
        'A fire destroyed a house in Leeds on Monday night. Two people were taken to hospital.',
      ],
      20,
      [
        'Fire destroys house in Norwich',
        'A fire destroyed a house in Norwich on Tuesday night. Three people were taken to hospital.',
      ],
    ],
    [
      'another match',
      ['Rovers beat Harborough 2-1', 'Rovers beat Harborough 2-1 on Saturday with goals from Ellis and Moyo.'],
      72,
      [
        'Rovers held by Castleton',
        'Rovers were held 0-0 by Castleton on Tuesday. Ellis missed a penalty in the second half.',
      ],
    ],
    [
      'German',
      [
        'Radfahrer bei Unfall in Celle verletzt',
        'Ein Radfahrer ist am Montag in Celle von einem Auto erfasst und verletzt worden. Die Polizei sucht Zeugen.',
      ],
      18,
      [
        'Radfahrer bei Unfall in Gera verletzt',
        'Ein Radfahrer ist am Dienstag in Gera von einem Auto erfasst und verletzt worden. Die Polizei sucht Zeugen.',
      ],
    ],
    [
      'Russian',
      [
        'ДТП в Туле: погибли два человека',
        'Два человека погибли в ДТП в Туле, сообщила полиция. Обстоятельства выясняются.',
      ],
      18,
      [
        'ДТП в Омске: погибли три человека',
        'Три человека погибли в ДТП в Омске, сообщила полиция. Обстоятельства выясняются.',
      ],
    ],
    [
      'Japanese',
      ['川崎で住宅火災、1人死亡', '川崎市で住宅が全焼し、1人が死亡した。警察が原因を調べている。'],
      20,
      ['松本で住宅火災、2人死亡', '松本市で住宅が全焼し、2人が死亡した。警察が原因を調べている。'],
    ],
    [
      'Thai',
      ['ไฟไหม้บ้านที่เชียงราย เสียชีวิต 2 ราย', 'เกิดเหตุไฟไหม้บ้านที่จังหวัดเชียงราย มีผู้เสียชีวิต 2 ราย ตำรวจกำลังสอบสวนสาเหตุ'],
      23,
      ['ไฟไหม้บ้านที่ระยอง เสียชีวิต 3 ราย', 'เกิดเหตุไฟไหม้บ้านที่จังหวัดระยอง มีผู้เสียชีวิต 3 ราย ตำรวจกำลังสอบสวนสาเหตุ'],
    ],
  ])('%s', async (_, first, hours, second) => {
    expect(await together(first, hours, second)).toEqual([false, false]);
  });
});

describe('one event is one story', () => {
  it.each<[string, Report, number, Report]>([
    [
      'with another number of dead',
      [
        'Coach plunges off Karrow pass, at least 12 dead',
        'At least 12 people died when a coach plunged off the Karrow pass on Sunday, police said. The coach carried pilgrims from Delmar.',
      ],
      6,
      [
        'Karrow pass bus crash toll rises to 15',
        'Three more pilgrims have died of injuries, bringing the toll of the coach crash on the Karrow pass to 15, the hospital in Delmar said.',
      ],
    ],
    [
      'in other words',
      [
        'Halvor Air to buy rival Skyline for $2.1bn',
        'Halvor Air has agreed to buy its rival Skyline in a deal worth $2.1 billion, creating the third largest carrier in the region.',
      ],
      7,
      [
        'Skyline shares jump on takeover by Halvor',
        'Shares in the airline Skyline jumped 31 per cent after Halvor Air agreed to pay $2.1 billion for it. Unions fear for 1,400 jobs.',
      ],
    ],
    [
      'in another script',
      [
        'Skupština usvojila zakon o rudarstvu',
        'Skupština je usvojila zakon o rudarstvu sa 131 glasom, uprkos protestima u Loznici.',
      ],
      3,
      [
        'Усвојен закон о рударству',
        'Посланици су са 131 гласом усвојили закон о рударству упркос протестима у Лозници.',
      ],
    ],
    [
      'Arabic',
      ['استقالة الوزير سامر حداد بعد فضيحة الميناء', 'استقال وزير النقل سامر حداد بعد فضيحة عقود ميناء السلام.'],
      4,
      ['فضيحة ميناء السلام تطيح بوزير النقل', 'قدم وزير النقل سامر حداد استقالته على خلفية عقود ميناء السلام.'],
    ],
  ])('%s', async (_, first, hours, second) => {
    expect((await together(first, hours, second))[0]).toBe(true);
  });
});

describe('headlines alone', () => {
  const headlines = async (...titles: string[]): Promise<number> => {
    const answers = await dedupeAll(
      titles.map((title, index) => ({
        ...{ id: String(index), title, text: '', url: undefined, lang: 'en', source: 'ticker', published: undefined },
      })),
    );
    return new Set(answers.map(({ story }) => story)).size;
  };

  it.each([
    ['Women lead health revolution in Bangladesh', 'Bangladesh student leader aims to finish what uprising began'],
    ['Peru counts its flamingos', 'Snow closes three passes in Peru'],
  ])('are no story for a country alone: %s', async (...titles) => {
    expect(await headlines(...titles)).toBe(2);
  });

  it('are one for what happened', async () => {
    expect(
      await headlines(
        'Wild weather leaves mass blackouts in Peru',
        'Floods, mass power cuts as wild weather bashes Peru',
      ),
    ).toBe(1);
  });
});
