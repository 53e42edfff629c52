/**
 * The pictures of the example press, drawn by us: each scene is an SVG of 960 × 540 with grain, mist and light, so that it looks like a
 * photograph from far and belongs to nobody. `npm run build:demo-pictures` turns them into JPEG.
 */

const width = 960;
const height = 540;

interface Sky {
  readonly top: string;
  readonly bottom: string;
  /** Where the sun stands and its colour; none at night or under cloud. */
  readonly sun?: { readonly x: number; readonly y: number; readonly r: number; readonly colour: string };
}

const dusk: Sky = { top: '#35507a', bottom: '#f0b98a', sun: { x: 700, y: 235, r: 34, colour: '#ffe2b0' } };
const noon: Sky = { top: '#5b93c9', bottom: '#d7e8f2', sun: { x: 210, y: 90, r: 26, colour: '#fffbe8' } };
const grey: Sky = { top: '#7d8b96', bottom: '#ccd2d4' };
const night: Sky = { top: '#0d1526', bottom: '#3a4a6b', sun: { x: 760, y: 100, r: 22, colour: '#f4f1de' } };
const autumn: Sky = { top: '#8aa4b8', bottom: '#f3e3c3', sun: { x: 480, y: 170, r: 30, colour: '#fff3d0' } };

/** Deterministic numbers from 0 to 1: the same picture each time. */
function numbers(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    return state / 4294967296;
  };
}

/** The outline of hills: a walk of so many steps around a height, closed at the foot of the picture. */
function ridge(seed: number, base: number, rough: number, colour: string, foot = height): string {
  const next = numbers(seed);
  const steps = 48;
  let y = base;
  const points: string[] = [];
  for (let step = 0; step <= steps; step++) {
    y += (next() - 0.5) * rough + (base - y) * 0.12;
    points.push(`${((step * width) / steps).toFixed(1)},${y.toFixed(1)}`);
  }
  return `<polygon points="0,${foot} ${points.join(' ')} ${width},${foot}" fill="${colour}"/>`;
}

/** Trees along a line: crowns of different size, darker below. */
function trees(
  seed: number,
  from: number,
  to: number,
  ground: number,
  size: number,
  colours: readonly string[],
): string {
  const next = numbers(seed);
  let drawn = '';
  for (let x = from; x < to; x += size * (0.35 + next() * 0.5)) {
    const r = size * (0.45 + next() * 0.5);
    const colour = colours[Math.floor(next() * colours.length)] ?? '#3c4d2f';
    drawn += `<rect x="${x - 2}" y="${ground - r}" width="4" height="${r}" fill="#3b2f26"/>`;
    drawn += `<ellipse cx="${x}" cy="${ground - r * 1.25}" rx="${r * 0.7}" ry="${r}" fill="${colour}" filter="url(#leaf)"/>`;
  }
  return drawn;
}

/** Water with the light of the sky on it. */
const water = (top: number, colour: string, glow: string): string =>
  `<g filter="url(#ripple)"><rect x="-20" y="${top}" width="${width + 40}" height="${height - top + 20}" fill="${colour}"/>
${Array.from({ length: 26 }, (_, line) => {
  const y = top + 4 + line * line * 0.42;
  return `<rect x="${300 + ((line * 97) % 240) - line * 6}" y="${y}" width="${140 + line * 12}" height="${1 + line * 0.12}" fill="${glow}" opacity="${0.5 - line * 0.014}"/>`;
}).join('')}</g>`;

function houses(
  seed: number,
  from: number,
  to: number,
  ground: number,
  tall: number,
  walls: readonly string[],
  lit = 0,
): string {
  const next = numbers(seed);
  let drawn = '';
  for (let x = from; x < to; ) {
    const wide = 34 + next() * 46;
    const high = tall * (0.55 + next() * 0.6);
    const wall = walls[Math.floor(next() * walls.length)] ?? '#c9b79c';
    drawn += `<rect x="${x}" y="${ground - high}" width="${wide}" height="${high}" fill="${wall}"/>`;
    drawn += `<polygon points="${x - 4},${ground - high} ${x + wide / 2},${ground - high - 16 - next() * 14} ${x + wide + 4},${ground - high}" fill="#7d4a38"/>`;
    for (let wy = ground - high + 10; wy < ground - 14; wy += 20)
      for (let wx = x + 7; wx < x + wide - 9; wx += 15)
        drawn += `<rect x="${wx}" y="${wy}" width="7" height="10" fill="${next() < lit ? '#ffd98a' : '#3d4650'}" opacity=".85"/>`;
    x += wide + next() * 8;
  }
  return drawn;
}

const mist = (y: number, depth: number, opacity: number): string =>
  `<rect x="0" y="${y}" width="${width}" height="${depth}" fill="#fff" opacity="${opacity}" filter="url(#mist)"/>`;

const field = (top: number, near: string, far: string, rows: number): string =>
  `<linearGradient id="field" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${far}"/><stop offset="1" stop-color="${near}"/></linearGradient>
<rect x="0" y="${top}" width="${width}" height="${height - top}" fill="url(#field)"/>
${Array.from({ length: rows }, (_, row) => {
  const x = (row - rows / 2) * 90;
  return `<path d="M${480 + x * 0.2} ${top} L${480 + x * 2.2} ${height} L${480 + x * 2.2 + 30} ${height} L${480 + x * 0.2 + 3} ${top}z" fill="#2e3b1e" opacity=".28"/>`;
}).join('')}`;

const boat = (x: number, y: number, size: number, hull: string): string =>
  `<g transform="translate(${x} ${y}) scale(${size})"><path d="M-110 0h220l-22 34h-170z" fill="${hull}"/><path d="M-110 0h220l-3 5h-214z" fill="#e9e4d8"/>
<rect x="-78" y="-30" width="120" height="30" fill="#f1efe8"/><rect x="-66" y="-52" width="76" height="22" fill="#e4e0d4"/>
${Array.from({ length: 8 }, (_, pane) => `<rect x="${-72 + pane * 14}" y="-22" width="9" height="9" fill="#35465a"/>`).join('')}
<rect x="18" y="-78" width="16" height="48" fill="#b5452f"/><rect x="18" y="-78" width="16" height="10" fill="#222"/><rect x="-60" y="-84" width="2" height="34" fill="#444"/></g>`;

const arches = (y: number, count: number, colour: string): string => {
  const span = (width + 80) / count;
  return `<rect x="-20" y="${y}" width="${width + 40}" height="16" fill="${colour}"/>${Array.from(
    { length: count },
    (_, index) => {
      const x = -40 + index * span;
      return `<path d="M${x} ${y + 10}h${span}v86q-${span / 2}-104-${span} 0z" fill="${colour}"/><rect x="${x - 9}" y="${y + 60}" width="18" height="220" fill="${colour}"/>`;
    },
  ).join('')}`;
};

const train = (x: number, y: number, wagons: number): string =>
  `<g>${Array.from({ length: wagons }, (_, wagon) => {
    const left = x + wagon * 92;
    return `<rect x="${left}" y="${y - 34}" width="88" height="30" rx="3" fill="${wagon === 0 ? '#b03a2e' : '#7b6a52'}"/>
${Array.from({ length: 5 }, (_, pane) => `<rect x="${left + 8 + pane * 16}" y="${y - 28}" width="10" height="9" fill="#22303c"/>`).join('')}
<circle cx="${left + 16}" cy="${y - 3}" r="5" fill="#222"/><circle cx="${left + 72}" cy="${y - 3}" r="5" fill="#222"/>`;
  }).join('')}</g>`;

const heap = (seed: number, colours: readonly string[], rx: number, ry: number, count: number): string => {
  const next = numbers(seed);
  return Array.from({ length: count }, (_, index) => {
    const y = 250 + (index / count) * 290;
    const x = next() * (width + 100) - 50;
    const colour = colours[Math.floor(next() * colours.length)] ?? '#a33';
    const turn = (next() - 0.5) * 120;
    return `<g transform="translate(${x.toFixed(0)} ${y.toFixed(0)}) rotate(${turn.toFixed(0)}) scale(${(0.6 + (index / count) * 0.7).toFixed(2)})"><ellipse rx="${rx}" ry="${ry}" fill="${colour}"/><ellipse cx="${-rx / 3}" cy="${-ry / 3}" rx="${rx / 4}" ry="${ry / 6}" fill="#fff" opacity=".35"/><path d="M${rx - 4} 0q12-6 18 2" stroke="#4d5b2a" stroke-width="5" fill="none"/></g>`;
  }).join('');
};

function frame(sky: Sky, content: string): string {
  const { sun } = sky;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${sky.top}"/><stop offset=".75" stop-color="${sky.bottom}"/></linearGradient>
<filter id="clouds" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".004 .014" numOctaves="5" seed="7"/><feColorMatrix values="0 0 0 0 1  0 0 0 0 1  0 0 0 0 1  1.6 0 0 0 -.62"/></filter>
<filter id="grain"><feTurbulence type="fractalNoise" baseFrequency=".8" numOctaves="2" seed="3"/><feColorMatrix values="0 0 0 0 .5  0 0 0 0 .5  0 0 0 0 .5  .28 0 0 0 -.06"/></filter>
<filter id="ripple" x="-5%" y="-5%" width="110%" height="110%"><feTurbulence type="turbulence" baseFrequency=".006 .09" numOctaves="3" seed="11"/><feDisplacementMap in="SourceGraphic" scale="16"/></filter>
<filter id="leaf" x="-20%" y="-20%" width="140%" height="140%"><feTurbulence type="fractalNoise" baseFrequency=".12" numOctaves="2" seed="5"/><feDisplacementMap in="SourceGraphic" scale="9"/></filter>
<filter id="rock" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".02 .05" numOctaves="4" seed="9" result="noise"/><feDisplacementMap in="SourceGraphic" in2="noise" scale="14"/></filter>
<filter id="mist" x="-10%" y="-100%" width="120%" height="300%"><feGaussianBlur stdDeviation="22"/></filter>
<radialGradient id="light"><stop offset="0" stop-color="${sun?.colour ?? '#fff'}" stop-opacity=".9"/><stop offset="1" stop-color="${sun?.colour ?? '#fff'}" stop-opacity="0"/></radialGradient>
<radialGradient id="vignette" cx=".5" cy=".48" r=".75"><stop offset=".6" stop-opacity="0"/><stop offset="1" stop-opacity=".42"/></radialGradient>
</defs>
<rect width="${width}" height="${height}" fill="url(#sky)"/>
${sun ? `<circle cx="${sun.x}" cy="${sun.y}" r="${sun.r * 5}" fill="url(#light)"/><circle cx="${sun.x}" cy="${sun.y}" r="${sun.r}" fill="${sun.colour}"/>` : ''}
<rect width="${width}" height="330" filter="url(#clouds)" opacity=".75"/>
${content}
<rect width="${width}" height="${height}" filter="url(#grain)"/>
<rect width="${width}" height="${height}" fill="url(#vignette)"/>
</svg>`;
}

const forest = ['#2f4429', '#3d5531', '#4b6238', '#2a3b2b'];
const gold = ['#a8742c', '#c08b33', '#8a5a26', '#6d6a2f'];

/** Scene by name; the name is that of the file. */
export const scenes: Readonly<Record<string, string>> = {
  ferry: frame(
    grey,
    `${ridge(3, 300, 34, '#6f7f86')}${ridge(8, 332, 22, '#57686b')}${water(350, '#5c7480', '#dfe6e8')}${boat(500, 372, 1.5, '#24425f')}${mist(330, 40, 0.35)}`,
  ),
  viaduct: frame(
    autumn,
    `${ridge(2, 230, 60, '#8d9aa0')}${ridge(5, 300, 50, '#6f7d62')}<g filter="url(#rock)">${arches(270, 6, '#a79b88')}</g>${train(210, 270, 6)}${trees(4, 0, width, 540, 70, gold)}`,
  ),
  river: frame(
    dusk,
    `${ridge(6, 290, 24, '#4a4f66')}${houses(9, 60, 420, 322, 46, ['#5b5563', '#6a5f62'], 0.5)}${water(322, '#5d5a70', '#f6c796')}${boat(640, 392, 0.8, '#3b2f3a')}${trees(7, -20, 190, 560, 90, ['#232a2c', '#2b3330'])}`,
  ),
  town: frame(
    noon,
    `${ridge(4, 250, 40, '#7f95a3')}${houses(3, 0, 960, 400, 130, ['#d8c3a0', '#c7a27f', '#e2d5bd', '#b8968a'])}<rect y="398" width="960" height="142" fill="#8f887c"/><path d="M380 540L455 398h50l75 142z" fill="#a69f92"/><path d="M465 540L478 398M495 540L485 398" stroke="#5d574e" stroke-width="3"/>${trees(6, 20, 330, 430, 48, forest)}${trees(9, 640, 960, 430, 48, forest)}`,
  ),
  peppers: frame(
    autumn,
    `${ridge(7, 210, 20, '#8fa07f')}${field(225, '#5d5a2c', '#9aa05d', 12)}${heap(5, ['#b5281f', '#c7372a', '#9c2018', '#d2542c'], 44, 22, 260)}`,
  ),
  harvest: frame(
    dusk,
    `${ridge(5, 250, 16, '#5c5a66')}${trees(3, 0, width, 282, 26, ['#37402f', '#454a33'])}${field(270, '#4f4a24', '#b99d54', 16)}`,
  ),
  mountains: frame(
    noon,
    `<g filter="url(#rock)">${ridge(14, 150, 110, '#eef2f5')}${ridge(11, 226, 90, '#8b97a6')}</g>${ridge(9, 310, 50, '#55695a')}${trees(5, 0, width, 480, 46, forest)}${mist(290, 36, 0.5)}`,
  ),
  lake: frame(
    noon,
    `${ridge(12, 220, 70, '#7d92a4')}${ridge(13, 280, 30, '#5f7a6c')}${water(300, '#4f7fa3', '#e9f4fa')}${boat(300, 372, 0.5, '#7c3b2a')}${trees(8, 620, 990, 560, 110, forest)}`,
  ),
  village: frame(
    autumn,
    `${ridge(10, 200, 80, '#7c8b83')}${ridge(15, 280, 60, '#63735a')}${houses(14, 120, 820, 410, 84, ['#cfc6b6', '#bdb4a4', '#d9d1c3'])}${trees(11, 0, width, 470, 60, forest)}<rect y="460" width="960" height="80" fill="#5a6640"/>`,
  ),
  port: frame(
    grey,
    `${ridge(16, 310, 14, '#7a858a')}${water(345, '#66777f', '#dfe3e4')}<g fill="#b4573a">${[120, 330, 760].map((x) => `<path d="M${x} 345V160h8v185zM${x - 70} 176h210v8H${x - 70}zM${x + 120} 184v90h3v-90z"/>`).join('')}</g>${boat(520, 368, 1.7, '#5a2d27')}${['#35618e', '#a8432f', '#c98f2e', '#3f7350'].map((colour, index) => `<rect x="${30 + index * 58}" y="326" width="54" height="22" fill="${colour}"/>`).join('')}`,
  ),
  night: frame(
    night,
    `${ridge(17, 290, 30, '#141c2c')}${houses(18, 0, 960, 400, 110, ['#1c2436', '#232b3d', '#1a2030'], 0.45)}${water(400, '#121a2a', '#d8b876')}`,
  ),
  hall: frame(
    grey,
    `<rect width="960" height="540" fill="#6d5844"/><rect y="360" width="960" height="180" fill="#8a6c4b"/>${Array.from({ length: 7 }, (_, index) => `<rect x="${60 + index * 128}" y="70" width="76" height="170" fill="#e9eef0"/><path d="M${98 + index * 128} 70v170M${60 + index * 128} 155h76" stroke="#5a4a3c" stroke-width="4"/>`).join('')}${Array.from(
      { length: 40 },
      (_, index) => {
        const row = Math.floor(index / 10);
        return `<circle cx="${80 + (index % 10) * 90 + row * 14}" cy="${330 + row * 52}" r="${13 + row * 3}" fill="${['#3d3530', '#4a3b33', '#2d2b30', '#5b4436'][index % 4]}"/><rect x="${62 + (index % 10) * 90 + row * 14}" y="${342 + row * 52}" width="${36 + row * 4}" height="60" rx="14" fill="${['#44546a', '#6b3f3a', '#3f5b4a', '#75664a'][(index * 3) % 4]}"/>`;
      },
    ).join('')}`,
  ),
};
