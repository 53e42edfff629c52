/**
 * A generator of news in our own vocabulary: the same number gives the same article, and two articles share hardly any
 * run of five words (the fixed parts of a sentence are shorter than that, everything else is drawn).
 */

/** A small deterministic source of numbers in [0, 1): mulberry32 (Tommy Ettinger, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface GeneratedText {
  readonly title: string;
  readonly author: string;
  readonly section: string;
  readonly paragraphs: readonly string[];
}

/**
 * An article of 400 to 900 words.
 * @param event articles of one event tell of the same people, places and things, each in its own words; by default each tells its own
 */
export function generateText(seed: number, event = seed): GeneratedText {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const number = (from: number, to: number): string => String(Math.floor(from + random() * (to - from)));
  // People and places of its own keep the articles apart, as in life.
  const alone = event === seed;
  const { beat, place, people, village } = eventOf(alone ? random : randomFrom(event));
  const things = alone ? [] : thingsOf(event);

  const noun = (): string => {
    if (!alone && random() < 0.35) return pick(things);
    return random() < 0.7 ? pick(beat.nouns) : pick(commonNouns);
  };
  const thing = (): string => {
    const words = `${random() < 0.75 ? `${pick(adjectives)} ` : ''}${noun()}`;
    const article = pick(['the', 'a', 'one', 'every', 'another']);
    return `${article === 'a' && /^[aeiou]/.test(words) ? 'an' : article} ${words}`;
  };
  const did = (): string => (random() < 0.6 ? pick(beat.verbs) : pick(commonVerbs));
  const spot = (): string => pick([place, village, pick(places), `${pick(adjectives)} ${village}`]);
  const forms: readonly (() => string)[] = [
    () => `${pick(people)} ${pick(sayings)} ${thing()} ${did()} ${thing()} near ${spot()}`,
    () => `in ${spot()}, ${thing()} ${did()} ${number(3, 98)} ${pick(units)} ${pick(times)}`,
    () => `${thing()} ${did()} ${thing()} and ${did()} ${thing()} ${pick(times)}`,
    () => `“${thing()} ${did()} ${thing()},” ${pick(people)} said in ${spot()}`,
    () => `about ${number(100, 9900)} ${pick(units)} of ${noun()} ${did()} ${thing()}, according to ${pick(people)}`,
    () => `${pick(joints)} ${thing()} in ${spot()} ${did()} ${thing()}`,
    () => `between ${spot()} and ${spot()}, ${thing()} ${did()} ${pick(adjectives)} ${noun()} ${pick(times)}`,
    () => `${pick(people)}, ${pick(adjectives)} ${pick(roles)} from ${spot()}, ${did()} ${thing()}`,
  ];
  const sentence = (): string => {
    const text = random() < 0.3 ? `${pick(forms)()}, while ${thing()} ${did()} ${thing()}` : pick(forms)();
    return `${text.replace(/^(?<quote>“?)(?<first>.)/u, (_, quote: string, first: string) => quote + first.toUpperCase())}.`;
  };
  const words = 400 + random() * 480;
  const paragraphs: string[] = [];
  for (let count = 0; count < words; ) {
    const paragraph = Array.from({ length: 2 + Math.floor(random() * 4) }, sentence).join(' ');
    paragraphs.push(paragraph);
    count += paragraph.split(' ').length;
  }
  const headline = `${pick(adjectives)} ${noun()} ${did()} ${noun()} in ${village} near ${place}`;
  return {
    title: headline.charAt(0).toUpperCase() + headline.slice(1),
    author: personName(random),
    section: beat.name,
    paragraphs,
  };
}

/** What happened where, and to whom. */
function eventOf(random: () => number) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return {
    beat: pick(beats),
    place: pick(places),
    people: Array.from({ length: 4 }, () => personName(random)),
    village: syllables(random, 2),
  };
}

/** Words that only the reports of this event use. */
function thingsOf(event: number): readonly string[] {
  const random = randomFrom(event + 1);
  return Array.from({ length: 8 }, () => syllables(random, 3).toLowerCase());
}

const syllables = (random: () => number, count: number): string => {
  const parts = Array.from({ length: count }, () => {
    const onset = onsets[Math.floor(random() * onsets.length)] ?? '';
    return onset + (rimes[Math.floor(random() * rimes.length)] ?? '');
  });
  const word = parts.join('');
  return word.charAt(0).toUpperCase() + word.slice(1);
};

const personName = (random: () => number): string => `${syllables(random, 2)} ${syllables(random, 3)}`;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const phrases = (text: string): readonly string[] => text.trim().split(/\s*\/\s*/);

const onsets = words('b br d dr f g gr h j k kl l m mr n p pl r s st t tr v z zl ž š č');
const rimes = words('a an ar e el en er i il in ir o ol on or u ul un ur aš ić ek ov ev');

const adjectives = words(`
  early late narrow broad silent noisy costly cheap distant nearby wooden rusty modern ancient cautious bold shallow deep
  northern southern eastern western frozen dusty bright dim careful hasty hollow solid slender heavy patient restless
  familiar curious modest lavish private public rural urban foreign local weekly yearly spare second third former future
  official secret gentle harsh fragile sturdy green grey crimson golden plain ornate`);
const commonNouns = words(`
  committee neighbour ladder contract letter market window bridge signal budget calendar corridor petition archive cellar
  lamp map notebook orchard pavement quarry roof shelter tunnel umbrella village wall yard agreement basket carpet deposit
  engine fence gallery hearing invoice journey kitchen lantern meeting number opinion parcel question reply schedule`);
const commonVerbs = words(`
  followed replaced delayed welcomed refused repaired opened closed measured promised carried crossed doubled halved
  questioned ignored praised moved counted painted borrowed returned divided joined surprised protected reached missed`);
const units = words(
  'tonnes metres crates hours pages visitors litres households wagons seats kilometres tickets bundles dinars euros',
);
const times = phrases(`
  before dawn / on Monday / on Tuesday / on Wednesday / on Thursday / on Friday / last month / since spring / after the rain /
  within a week / until midnight / for two winters / at noon / by the weekend / over the summer / a decade ago / this morning`);
const sayings = phrases(
  'said that / believes that / denied that / recalled how / hopes that / wrote that / doubts whether / explained how',
);
const joints = phrases(
  'meanwhile / even so / by contrast / in short / for once / at first / later / elsewhere / as a result',
);
const roles = words(
  'teacher engineer farmer clerk driver nurse mayor pilot surveyor baker judge ranger librarian welder coach',
);
const places = phrases(`
  Belgrade / Zagreb / Sarajevo / Skopje / Podgorica / Tirana / Pristina / Ljubljana / Sofia / Bucharest / Athens / Budapest /
  Vienna / Bratislava / Prague / Warsaw / Vilnius / Riga / Tallinn / Helsinki / Stockholm / Oslo / Copenhagen / Berlin /
  Hamburg / Amsterdam / Brussels / Paris / Lyon / Madrid / Lisbon / Rome / Milan / Naples / Istanbul / Ankara / Cairo / Tunis /
  Nairobi / Accra / Lagos / Dakar / Cape Town / Tokyo / Osaka / Seoul / Hanoi / Jakarta / Delhi / Mumbai / Sydney / Lima /
  Santiago / Bogotá / Quito / Toronto / Montreal / Chicago / Boston / Seattle`);

const beats = [
  {
    name: 'Transport',
    nouns: words(
      'tram railway ferry platform timetable locomotive carriage harbour runway junction bus viaduct dock freight conductor passenger depot track',
    ),
    verbs: words('transported rerouted docked shunted derailed coupled unloaded departed overtook timetabled'),
  },
  {
    name: 'Farming',
    nouns: words(
      'harvest tractor wheat barley vineyard cattle drought silo seed plough pasture beehive greenhouse irrigation potato mill hail fertiliser',
    ),
    verbs: words('harvested sowed watered grazed threshed pruned ploughed fertilised milled stored'),
  },
  {
    name: 'Sport',
    nouns: words(
      'goalkeeper league striker referee stadium trophy marathon rower penalty coach tournament swimmer final record cyclist medal season whistle',
    ),
    verbs: words('scored defended sprinted tackled qualified trained lost won equalised substituted'),
  },
  {
    name: 'Science',
    nouns: words(
      'telescope laboratory comet molecule sensor glacier experiment fossil satellite species enzyme survey specimen algorithm orbit crater hypothesis sample',
    ),
    verbs: words('observed calculated discovered classified launched sampled simulated published modelled analysed'),
  },
  {
    name: 'Culture',
    nouns: words(
      'orchestra novel museum painter festival sculpture choir theatre poem violin exhibition archive curtain rehearsal film dancer manuscript tapestry',
    ),
    verbs: words('performed composed exhibited restored rehearsed translated premiered sketched conducted narrated'),
  },
  {
    name: 'Economy',
    nouns: words(
      'exporter factory loan tariff inflation bank warehouse investor wage shipment auction supplier profit currency retailer dividend merger bond',
    ),
    verbs: words('exported invested lent taxed produced auctioned financed hired priced insured'),
  },
  {
    name: 'Health',
    nouns: words(
      'hospital vaccine surgeon clinic patient pharmacy midwife ambulance therapy ward dentist diagnosis remedy infection laboratory fever bandage physician',
    ),
    verbs: words('vaccinated treated diagnosed prescribed examined bandaged healed admitted discharged disinfected'),
  },
  {
    name: 'Politics',
    nouns: words(
      'parliament ballot minister coalition mayor amendment treaty council election delegate decree committee envoy constitution senator veto referendum manifesto',
    ),
    verbs: words('voted amended ratified debated vetoed nominated elected adjourned negotiated abstained'),
  },
] as const;
