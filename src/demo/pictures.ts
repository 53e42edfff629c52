import { existsSync, readFileSync } from 'node:fs';

/** Which scene an article shows, by its slug; the scenes are drawn by `npm run build:demo-pictures`. */
const sceneOf: Readonly<Record<string, string>> = {
  'live-ferry-aground-vis': 'ferry',
  'courier-explains-ferry-vis': 'ferry',
  'ferry-pupils-win-second-prize': 'hall',
  'why-fog-beats-radar': 'ferry',
  'trains-cross-lim-viaduct-again': 'viaduct',
  'freight-first-over-the-lim': 'viaduct',
  'grain-trains-bar-viaduct': 'viaduct',
  'one-chart-for-two-banks': 'river',
  'danube-pilots-one-depth': 'river',
  'a-river-with-one-bottom': 'river',
  'danube-one-chart-for-pilots': 'river',
  'nis-council-picks-river-tram': 'town',
  'leskovac-peppers-late-sun': 'peppers',
  'bosnian-clubs-share-handball-cup': 'hall',
  'dubrovnik-counts-visitors-at-the-gate': 'town',
  'constanta-samsun-ferry-line': 'port',
  'varna-porpoise-count': 'lake',
  'mombasa-tea-auction-clock': 'hall',
  'tulcea-reed-boats': 'lake',
  'trout-of-ohrid-go-to-school': 'lake',
  'stone-roofs-of-gjirokaster': 'village',
  'hokkaido-potatoes-for-berovo': 'harvest',
  'salt-creeps-up-the-neretva': 'river',
  'secerna-repa-otkup-backa': 'harvest',
  'novi-sad-most-za-bicikliste': 'river',
  'subotica-sah-u-vozu': 'viaduct',
  'mitrovica-rimska-pekara': 'night',
  'apatin-rode-ostale-preko-zime': 'harvest',
};

/** Path of the picture that stands with an article. */
export const picturePath = (slug: string): string => `/media/${sceneOf[slug] ?? 'mountains'}.jpg`;

/** A picture of nothing for avatars, logos and thumbnails, so that no page shows a broken one. */
const placeholder = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4" width="640" height="320"><rect width="8" height="4" fill="#9db4c0"/><path d="M0 3l2-1 2 1 2-2 2 1v2H0z" fill="#5c6b73"/></svg>`;

const drawn = new Map<string, Buffer>();

/** What stands at a path below `/media/`. */
export function pictureAt(path: string): { readonly type: string; readonly body: string | Buffer } {
  const name = /^\/media\/([a-z]+\.jpg)$/.exec(path)?.[1];
  if (name === undefined) return { type: 'image/svg+xml', body: placeholder };
  let body = drawn.get(name);
  if (!body) {
    const file = new URL(`./pictures/${name}`, import.meta.url);
    if (!existsSync(file)) return { type: 'image/svg+xml', body: placeholder };
    body = readFileSync(file);
    drawn.set(name, body);
  }
  return { type: 'image/jpeg', body };
}
