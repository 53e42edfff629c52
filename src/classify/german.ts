/*
 * German writes many words as one and hangs -er on towns: 'Ukrainekrieg', 'Nordsyrien', 'Bundesinnenminister', 'Kölner'. These are
 * further forms under which a word may be found among the names, after the word itself.
 */

/** Endings behind which a name may have an ending of its own: 'Polens', 'Dresdner', 'Amerikanerinnen'. */
const outer = ['s', 'er', 'ers', 'erin', 'erinnen', 'in', 'innen'];
const compass = /^(?:nord|süd|ost|west|zentral)(?:ost|west)?(?!amerika)(?=.{5}|irak|iran)/;
/** What countries are named for in front of. */
const head =
  /(?:krieg|krise|konflikt|reise|besuch|einsatz|politik|abkommen|konferenz|hilfe|urlaub|sanktion|affäre|gipfel|beauftragte|mission|streit|wahl)[enrs]{0,3}$/;
/** Federal offices, courts, ministers: German unless the text or its source is Austrian or Swiss. */
const federal = /^bundes(?!staat|land|länd|weit).{4}/;

export function germanForms(word: string, stem: (word: string) => string): string[] {
  const forms = [stem(word)];
  if (word.length < 6) return forms;
  for (const ending of outer) {
    if (word.endsWith(ending) && word.length - ending.length >= 4) forms.push(stem(word.slice(0, -ending.length)));
  }
  const place = word.replace(compass, '');
  if (place !== word) forms.push(...germanForms(place, stem));
  const behind = head.exec(word)?.index ?? 0;
  if (behind >= 4) forms.push(stem(word.slice(0, behind)));
  if (federal.test(word)) forms.push('bundesregierung');
  // Last the plain stem: towns are looked up by it.
  return [...forms, forms[0] as string];
}
