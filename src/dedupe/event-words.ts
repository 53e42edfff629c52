/**
 * Words by which headlines name one kind of event, in the forms that are not ambiguous: 'Cyclone nears Velia' and 'Wild weather cuts
 * power in Velia' share but a place, and are one story. English only; a headline in another language has its words alone.
 */
const kinds: Readonly<Record<string, string>> = {
  weather:
    'weather storm storms stormy cyclone hurricane typhoon tornado tropical flood floods flooded flooding gale blizzard',
  heat: 'heatwave heat drought scorching',
  markets: 'stock stocks shares equities markets bourse bourses nasdaq nikkei ftse dax wall',
  quake: 'quake quakes earthquake tremor aftershock aftershocks magnitude seismic',
  fire: 'fire fires wildfire wildfires bushfire bushfires blaze blazes inferno',
  death: 'dead dies died deaths killed kills killing fatal toll',
  arrest: 'arrest arrests arrested detained detains custody',
  shooting: 'shooting shootings gunman gunmen shot gunfire',
  crash: 'crash crashes crashed collision derails derailed derailment wreck',
  election: 'election elections vote votes voters polls ballot ballots runoff',
  court: 'court trial judge jury verdict sentenced convicted acquitted lawsuit sues sued',
  truce: 'truce ceasefire armistice',
  attack: 'attack attacks strike strikes missile missiles drone drones airstrike airstrikes shelling bombing raid',
  protest: 'protest protests protesters rally rallies demonstrators march marchers',
  outbreak: 'outbreak virus epidemic pandemic infections cases',
  rates: 'rate rates inflation prices',
};

/** All kinds of events. */
export const eventKinds: readonly string[] = Object.keys(kinds);

const kindOf = new Map(Object.entries(kinds).flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind])));

/** The kind of event that a word in lower case names, if it names one. */
export const eventKind = (word: string): string | undefined => kindOf.get(word);
