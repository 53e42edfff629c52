import type { Line, Outlet } from '../outlet.ts';
import { bareMarkup } from '../templates/bare-markup.ts';
import { depthCharts, railBridge } from './wire.ts';

/** @param price of a place for a lorry, in euros */
const ferryLine = (price: number): readonly Line[] => [
  'Two ferries with room for 110 lorries each will sail between Constanța in Romania and Samsun in Turkey from March, three times a week in both ' +
    'directions. The crossing takes twenty-six hours; the road around the sea takes four days with luck and six without.',
  'The operator, a joint company of hauliers from both countries, has leased the ships from Finland, where they used to carry paper. They are built for ice, which will be of little use, and have two saunas, which the drivers have already heard about.',
  `A place for a lorry will cost ${price} euros one way, driver and two meals included. Hauliers say that diesel, tolls and parking for the same journey by land come to about 1,050.`,
  'Turkish exporters of fruit are expected to fill most of the southern sailings home. Cherries that leave Samsun on a Monday could be in Bucharest on Wednesday morning and in Budapest the same night.',
  'Customs papers are to be checked on board by officers of both countries, who will share a cabin. The arrangement, believed to be the first of its kind ' +
    'on the Black Sea, was harder to negotiate than the timetable; it regulates, among other things, who has the upper bunk.',
  'The port of Constanța is widening berth 51 for the new line. Dredging is done, and what remains, according to the harbour office, is a great deal of paint.',
];

export const blackSeaLedger: Outlet = {
  id: 'black-sea-ledger',
  name: 'Black Sea Ledger',
  tagline: 'Ports, prices and people from Varna to Trabzon',
  lang: 'en',
  country: 'RO',
  timeZone: 'Europe/Bucharest',
  nav: ['Ports', 'Prices', 'People', 'Archive'],
  list: 'sitemap',
  listPath: '/news-sitemap.xml',
  disallow: '/cgi-bin/',
  pathOf: (piece) => `/read.php?story=${piece.slug}`,
  template: bareMarkup,
  bios: {},
  pieces: [
    {
      slug: 'grain-trains-bar-viaduct',
      title: 'Grain Trains to Bar Resume as Serbian Viaduct Passes Its Test',
      section: 'Ports',
      tags: [],
      authors: ['Ilinca Dobrescu-Vama'],
      hoursAgo: 15,
      copyOf: 'rail-bridge',
      body: [
        ...railBridge,
        'For shippers on the Black Sea the reopened line is a rival as much as a relief. Brokers in Constanța reckon that a tenth of the Serbian maize which came down the Danube last year could now leave by the Adriatic instead.',
      ],
    },
    {
      slug: 'danube-pilots-one-depth',
      title: 'Danube Pilots Agree How Deep the River Is',
      section: 'Ports',
      tags: [],
      authors: ['Radu Anghelin'],
      hoursAgo: 27,
      copyOf: 'depth-charts',
      body: depthCharts,
    },
    {
      slug: 'varna-porpoise-count',
      title: 'Volunteers Off Varna Count Porpoises by the Sound They Make',
      section: 'People',
      tags: [],
      authors: ['Desislava Moryakova'],
      hoursAgo: 34,
      body: [
        'Ninety volunteers with hydrophones have spent a week in rowing boats off the Bulgarian coast and returned with the first complete count of harbour porpoises between Cape Kaliakra and Burgas: 1,870, give or take two hundred.',
        'Porpoises are shy and show little more than a fin. But they click without pause to find their way, and each click can be told from the noise of ships by its pitch, which lies far above anything that a person can hear.',
        'The boats lay on a grid, one to every four square kilometres, and listened at the same hours. A computer in the oceanographic institute in Varna then matched the recordings, so that an animal heard by three boats was counted only once.',
        '“The first night I heard nothing and was disappointed,” said Yoana Strahilova, a dentist who had taken her holidays for it. “Then they told me that silence was a result too, and I slept very well.”',
        'Fishermen lent most of the boats. They have an interest of their own: nets with small sounders attached, which keep porpoises away, are being tried this winter, and the count tells where they are needed first.',
        'Romania and Turkey plan to repeat the count along their coasts in May. Georgia has asked for the manual and for a dentist.',
      ],
    },
    {
      slug: 'constanta-samsun-ferry-line',
      title: 'A Ferry for Lorries Will Link Constanța and Samsun From March',
      section: 'Ports',
      tags: [],
      authors: ['Radu Anghelin'],
      hoursAgo: 8,
      body: ferryLine(890),
      revisions: [
        {
          from: 3,
          body: [
            ...ferryLine(980),
            'Correction: an earlier version of this report gave the price of a place for a lorry as 890 euros. It is 980.',
          ],
        },
      ],
    },
    {
      slug: 'tulcea-reed-boats',
      title: 'Tulcea Builds Reed Boats Again, First for Fun and Then for Money',
      section: 'People',
      tags: [],
      authors: ['Ilinca Dobrescu-Vama'],
      hoursAgo: 57,
      body: [
        'What began as a bet at a wedding has become a workshop with six employees. In a shed in Tulcea, at the entrance to the Danube Delta, boats are made of reed again, as they were until the arrival of cheap planks a century and a half ago.',
        'The bet was whether a boat of reed could carry a grown man and an accordion to Sulina. It could, in nine hours, although the accordion was not the same afterwards.',
        'Vasile Lipovan-Creangă, who lost the bet, has since bought out the winner. He sells a small boat for the price of a good bicycle and has orders from Hungary, Poland and a school of rowing in Kenya.',
        'Reed is cut in winter, when the marsh is frozen and the stems are dry. It takes two thousand of them for one boat, tied with cord of lime bark; there is no nail in it and no glue.',
        'A reed boat lasts for about three seasons and is then given to the fish, as Mr. Lipovan-Creangă puts it. Biologists of the delta reserve confirm that pike like to spawn in the sunken ones.',
      ],
    },
    {
      slug: 'mombasa-tea-auction-clock',
      title: 'Mombasa’s Tea Auction Buys a Clock and Sells Faster',
      section: 'Prices',
      tags: [],
      authors: ['Grace Wanjala-Otis'],
      hoursAgo: 72,
      body: [
        'The tea auction in the Kenyan port of Mombasa, one of the largest in the world, has cut its selling day from eleven hours to seven. It did not hire anybody or buy new software. It hung a clock where the bidders can see it.',
        'Each lot now has ninety seconds. When the hand is round the hammer falls, whatever the price, and the next of some two thousand lots is called.',
        'Sellers from Kenya, Uganda and Rwanda feared that haste would cost them money. In the first month the average rose by four cents to 2.31 dollars a kilogram, which the auctioneers attribute less to the clock than to a dry spell in Assam.',
        'Buyers in Constanța and Odesa, who take the dark leaf that is drunk with lemon around the Black Sea, report that they can now bid and still catch the afternoon telephone exchange with Istanbul.',
        'Not everybody is happy. The tea sellers in the corridor, who live on people waiting, have asked for two minutes a lot. “They trade in leaves,” said one of them, Halima Bakari-Zuhra, “but somebody has to boil the water.”',
      ],
    },
  ],
  oddLinks: [],
};
