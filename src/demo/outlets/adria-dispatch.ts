import type { Line, Outlet } from '../outlet.ts';
import { tickerNews } from '../templates/ticker-news.ts';
import { depthCharts, railBridge } from './wire.ts';

const ferry: readonly Line[] = [
  { entry: 'Quarters in Komiža', minutes: 190 },
  'The last of the passengers has reached Komiža. The school has opened its gymnasium, and the bakery next door says that it will fire its oven two hours early.',
  { entry: 'Harbour master: no fuel in the water', minutes: 140 },
  'Divers have gone round the hull with lamps and found scratched paint but no leak. “The Sveti Lovro sits on sand as on a cushion,” harbour master Tonči Baretić-Lukin tells our reporter. “It is embarrassed, not injured.”',
  {
    figure: 'The ferry Sveti Lovro before its new coat of paint, in the harbour of Split last year',
    source: 'Adria Dispatch archive',
  },
  { entry: 'Fishing boats take people off', minutes: 65 },
  'Seven boats from Komiža are lying alongside. Families with small children go first; dogs, of which there are three, go with their families. The sea is flat and the fog does not lift.',
  { entry: 'Ferry aground near Stončica', minutes: 0 },
  'The car ferry on the regular service from Vis to Split has run onto a sandbank off the lighthouse of Stončica. There are 84 passengers and a crew of nine on board. The coast guard in Split reports no injuries.',
];

export const adriaDispatch: Outlet = {
  id: 'adria-dispatch',
  name: 'Adria Dispatch',
  tagline: 'The coast, the islands and what lies behind them',
  lang: 'en',
  country: 'HR',
  timeZone: 'Europe/Zagreb',
  nav: ['Coast', 'Islands', 'Hinterland', 'World', 'Weather'],
  list: 'rss',
  listPath: '/rss.xml',
  disallow: '/brief/',
  pathOf: (piece) => `/${piece.section.toLowerCase()}/${piece.slug}-a${420 + piece.title.length}.html`,
  template: tickerNews,
  bios: {},
  pieces: [
    {
      slug: 'live-ferry-aground-vis',
      title: 'Live: Ferry With 84 Passengers Aground Off Vis',
      standfirst: 'Fog over the channel, sand under the keel: we report as it happens from Vis and Split.',
      section: 'Islands',
      tags: ['Vis', 'ferry', 'live'],
      authors: ['Nikolina Perasović-Grgat', 'Duje Sutlić'],
      hoursAgo: 6,
      live: true,
      event: 'ferry-vis',
      body: ferry,
      revisions: [
        {
          from: 1,
          body: [
            { entry: 'Afloat again', minutes: 930 },
            'It took the tug Mosor eleven minutes and one broken rope. The Sveti Lovro is floating, has started both engines and will go to Split under its own power, at the speed of a bicycle, for an inspection in the dock.',
            ...ferry,
          ],
        },
        {
          from: 2,
          body: [
            { entry: 'In Split', minutes: 1085 },
            'The Sveti Lovro has tied up in Split with 84 passengers, one bruised knee and an empty bar. Divers went under the hull with lamps and came up with their thumbs raised; the paint is gone on eleven metres, the steel is not.',
            { entry: 'Afloat again', minutes: 930 },
            'It took the tug Mosor eleven minutes and one broken rope. The Sveti Lovro is floating, has started both engines and will go to Split under its own power, at the speed of a bicycle, for an inspection in the dock.',
            ...ferry,
          ],
        },
      ],
    },
    {
      slug: 'freight-first-over-the-lim',
      title: 'Freight First: Line to the Port of Bar Reopens Over the Lim',
      section: 'Hinterland',
      tags: ['railways', 'Serbia', 'Montenegro'],
      authors: [],
      hoursAgo: 18,
      copyOf: 'rail-bridge',
      body: railBridge.slice(0, 6),
    },
    {
      slug: 'one-chart-for-two-banks',
      title: 'One Chart for Two Banks of the Danube',
      section: 'World',
      tags: ['Danube', 'Romania', 'Bulgaria', 'shipping'],
      authors: ['Tisa Wire'],
      hoursAgo: 28,
      copyOf: 'depth-charts',
      body: [
        ...depthCharts.slice(0, 2),
        {
          figure: 'Barges below the bridge between Ruse and Giurgiu, seen from the Bulgarian bank',
          source: 'Tisa Wire / K. Ilieva',
        },
        ...depthCharts.slice(2),
      ],
    },
    {
      slug: 'dubrovnik-counts-visitors-at-the-gate',
      title: 'Dubrovnik Will Count Visitors at the Gate, Then Close It',
      standfirst: 'From Easter on, a lamp above the Pile gate turns red when the old town is full.',
      section: 'Coast',
      tags: ['Dubrovnik', 'tourism', 'city council'],
      authors: ['Mislav Cvjetko'],
      hoursAgo: 12,
      body: [
        'The city of Dubrovnik will admit no more than 7,200 visitors at a time to its old town from Easter on. When the counter at the three gates reaches ' +
          'that number a red lamp goes on, and whoever has no bed, job or grandmother inside the walls has to wait.',
        'The council passed the rule by nineteen votes to six. It follows [two summers](/coast/) in which the city tried gentler means: staggered arrivals of cruise ships, a levy on day trips, and a brass band that played at the harbour to slow people down.',
        'The band was a success, the mayor’s office reports, but in the wrong way. Visitors liked it so much that they gathered in front of it and blocked the gate.',
        {
          figure: 'A test of the counting lamp above the Pile gate on a quiet morning in November',
          source: 'Adria Dispatch / M. Cvjetko',
        },
        'Shopkeepers are divided. “I sell hats, and I have never sold one to a person who could not lift her arms,” said Ane Brautović-Kisić, whose shop stands ' +
          'on the Stradun. Her neighbour, who sells ice cream, voted for the opposition and says that he would do so again.',
        'Counting will be done by sensors in the pavement which register weight and direction but take no pictures. A trial in October was off by eleven people in a day, eight of whom turned out to have been a horse and cart delivering flour.',
        'Residents pass freely with the card that they already use for the bus. So do wedding parties of up to sixty guests, a clause that was added at the request of the registry office and has since doubled the number of couples asking for a date in July.',
        'Venice, Hallstatt and Bruges have sent observers. The one from Bruges, according to the minutes, asked mainly about the horse.',
      ],
    },
    {
      slug: 'olm-lays-eggs-in-postojna',
      title: 'Blind Cave Salamander Lays Sixty Eggs Before a Camera in Slovenia',
      section: 'World',
      tags: ['Slovenia', 'science', 'animals'],
      authors: ['Petra Okorn-Vidali'],
      hoursAgo: 37,
      body: [
        'Biologists in a cave near Postojna have filmed, from the first minute to the last, how an olm lays its eggs. The pale salamander took eleven weeks ' +
          'over it, which is quick for an animal that can live for a hundred years and may go for ten without a meal.',
        'The female, known to the staff as Number Nine, glued sixty eggs one by one to the underside of a stone. Between two of them she rested for up to four days, moving only to chase away a smaller relative that showed an interest in breakfast.',
        'Infrared cameras were needed because the slightest light disturbs the animals. Even the humidity of visitors’ breath can matter, so the researchers watched from a hut at the entrance, in coats and with a great deal of tea.',
        '“You begin to see time differently,” said Dr. Blaž Kregar-Solina, who leads the small laboratory. “On the third day I cheered aloud because she had lifted a foot.”',
        {
          figure: 'The basin in which the eggs are kept; the lamp was lit for the picture and for one second only',
          source: 'Laboratory of the Pivka Basin',
        },
        'If all goes well, the first larvae will hatch in early spring. In nature perhaps two of five hundred survive; in the basin, the laboratory hopes for half.',
        'The film is more than a curiosity. Olms react to nitrates in ground water long before instruments do, and knowing how they breed in peace shows what is amiss when they do not breed at all.',
      ],
    },
    {
      slug: 'salt-creeps-up-the-neretva',
      title: 'Salt Creeps Up the Neretva and Into the Mandarin Groves',
      section: 'Hinterland',
      tags: ['Neretva', 'climate', 'farming', 'Bosnia and Herzegovina'],
      authors: ['Mislav Cvjetko'],
      hoursAgo: 61,
      body: [
        'After the driest summer in the delta since measurements began, sea water has been found twenty-three kilometres up the Neretva, within sight of the ' +
          'border with **Bosnia and Herzegovina**. Mandarin growers near Opuzen have begun to water their trees from tank lorries.',
        'A mandarin tree tolerates about one gram of salt in a litre of water. In the canals that feed the groves the hydrologists of the county measured four, and in one ditch beside the main road seven, which is a fifth of what the open sea contains.',
        'The reason lies upstream as well as downstream. Rain was scarce, the reservoirs in Herzegovina held back what there was for the autumn, and the heavier salt water crept along the river bed like a tongue under the fresh.',
        'Both countries have known the problem for decades. A movable barrier across the river mouth was drawn in 1974, redrawn in 1998 and put out to tender twice; the drawings hang framed in the office of the water board.',
        'Now the growers have built something themselves. Thirty-one families laid a pipe from a spring at Prud, dug in at weekends and paid for with the price ' +
          'of one harvest. “It is not a great work,” said Stana Obšivač, who keeps the accounts. “But it is wet, and it does not taste of anything.”',
        'The county promises to pay half of the cost afterwards. Rain is forecast for the end of the week, first in the mountains and two days later, if the reservoirs let it pass, in the delta.',
      ],
    },
  ],
  oddLinks: [
    { path: '/coast/', title: 'All stories from the coast', rejected: 'front-page' },
    {
      path: '?fbclid=IwAR2c0urantPressExample&utm_source=social&utm_medium=post',
      title: 'Dubrovnik Will Count Visitors at the Gate, Then Close It',
      same: 'dubrovnik-counts-visitors-at-the-gate',
    },
    {
      path: '/brief/lighthouse-painter-retires-after-212-towers',
      title: 'Lighthouse painter retires after 212 towers',
      rejected: 'robots',
    },
  ],
};
