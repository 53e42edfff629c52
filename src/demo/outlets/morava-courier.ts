import type { Line, Outlet } from '../outlet.ts';
import { classicBlog } from '../templates/classic-blog.ts';
import { depthCharts, railBridge } from './wire.ts';

const tram: readonly Line[] = [
  'The city council of Niš has chosen the route of its first tram in sixty-eight years: eleven stops from the railway station along the river to the clinical centre, with a branch to the fortress that opens a year later.',
  'Twenty-nine councillors voted for the southern variant and fourteen for the longer northern one, after a debate that began at ten in the morning and ended when the caretaker asked whether he might lock the building.',
  { heading: 'Why the river bank won' },
  'The southern route is shorter by two kilometres and needs no new bridge. It also spares the chestnut trees of the boulevard, which had gathered a petition of their own with nine thousand signatures.',
  'Opponents point out that it leaves out the quarters in the north, where the buses are fullest. “We are being asked to admire a tram from a distance,” ' +
    'said Snežana Arizanov, who spoke for the residents of Pantelej and brought [a map drawn by her pupils](/media/map.svg).',
  { keep: ['prizren-robots-harvest-plums', 'leskovac-peppers-late-sun'] },
  { heading: 'What it will cost' },
  'The council puts the price at **146 million euros**, of which a development bank is to lend two thirds. The first rails could be laid in the autumn of next year, and the first passengers carried two years after that.',
  'A day ticket is to cost the same as on the buses. The old tram, which ran until 1958, charged by the distance; the museum of the city still keeps the conductor’s pliers and will show them in the first carriage.',
];

export const moravaCourier: Outlet = {
  id: 'morava-courier',
  name: 'The Morava Courier',
  tagline: 'News from the south of Serbia and the lands around it',
  lang: 'en',
  country: 'RS',
  timeZone: 'Europe/Belgrade',
  nav: ['News', 'Economy', 'Culture', 'Sport', 'Region'],
  list: 'rss',
  listPath: '/feed/',
  tracking: 'utm_source=courier&utm_medium=rss&utm_campaign=all-stories',
  disallow: '/wp-admin/',
  pathOf: (piece) => `/${piece.slug}/`,
  template: classicBlog,
  bios: {
    'Jelisaveta Kostandin':
      'Jelisaveta Kostandin writes about towns, timetables and the people who wait for them. She came to the Courier from local radio and still cannot pass a weather vane without reading it.',
    'Borisav Trnić':
      'Borisav Trnić covers farming and food. He studied soil science, keeps eleven beehives and answers letters on Thursdays.',
    'Arta Hoxhallari':
      'Arta Hoxhallari is the Courier’s correspondent in Prizren and Pristina. She teaches evening classes in shorthand and collects misprints.',
    'Tisa Wire':
      'Tisa Wire is a cooperative of reporters along the Tisza and the Danube. The Courier has been a member since its first day.',
  },
  pieces: [
    {
      slug: 'trains-cross-lim-viaduct-again',
      title: 'Trains Cross Lim Valley Viaduct Again After Twenty-Six Months',
      section: 'Region',
      tags: ['railways', 'Prijepolje', 'Montenegro'],
      authors: ['Tisa Wire'],
      hoursAgo: 20,
      copyOf: 'rail-bridge',
      body: [
        ...railBridge.slice(0, 4),
        { keep: ['nis-council-picks-river-tram', 'leskovac-peppers-late-sun'] },
        ...railBridge.slice(4),
      ],
    },
    {
      slug: 'nis-council-picks-river-tram',
      title: 'Niš Council Picks the River Route for Its New Tram',
      section: 'News',
      tags: ['Niš', 'transport', 'city council'],
      authors: ['Jelisaveta Kostandin'],
      hoursAgo: 9,
      body: tram,
      revisions: [
        {
          from: 1,
          title: 'Niš Council Picks the River Route for Its New Tram, Adds a Stop in Pantelej',
          body: [
            ...tram.slice(0, 2),
            'Late in the evening the councillors added a twelfth stop: a loop into Pantelej, paid for by dropping the underground car park at the station. The change passed without a vote against.',
            ...tram.slice(2),
          ],
        },
      ],
    },
    {
      slug: 'leskovac-peppers-late-sun',
      title: 'A Late Sun Saves the Pepper Harvest Around Leskovac',
      section: 'Economy',
      tags: ['farming', 'Leskovac', 'food'],
      authors: ['Borisav Trnić'],
      hoursAgo: 31,
      body: [
        'Three weeks of warm evenings in October have turned a poor year for red peppers into an average one, growers around Leskovac say, and average is a word they have not been able to use since the summer of the hail.',
        'On the wholesale market a sack of eighteen kilograms fetched between 1,400 and 1,650 dinars this week. That is a fifth more than a year ago but a good deal less than in August, when almost nothing was ripe and restaurants paid whatever was asked.',
        '“The plants looked at the calendar and decided to ignore it,” said Gorica Mladenović-Stub, who grows four hectares in Vinarce. Her drying racks, which stood empty until the feast of Saint Luke, now reach under the eaves of the house.',
        { keep: ['nis-council-picks-river-tram', 'bosnian-clubs-share-handball-cup'] },
        'The warm spell has a price. Aphids lasted a month longer than usual, and the regional plant protection service counted twice as many sprayings as in the past two years. Buyers of organic fruit have sent some lots back.',
        'The factories that make ajvar have extended their night shift until the end of November. One of them, in Grdelica, is short of jars, because the glassworks in Bosnia that supplies it had already moved on to bottles for the plum season.',
        'Agronomists warn against planting earlier next year on the strength of one kind autumn. The average date of the first frost in the valley has moved by six days in thirty years, they say, and not by thirty.',
      ],
    },
    {
      slug: 'bosnian-clubs-share-handball-cup',
      title: 'Two Bosnian Clubs Share a Handball Cup After the Lights Go Out',
      section: 'Sport',
      tags: ['handball', 'Bosnia and Herzegovina'],
      authors: [],
      hoursAgo: 44,
      withdrawn: 4,
      body: [
        'The Neretva Cup in handball has two winners this year. Nine minutes before the end of the final in Konjic, with the score at 24 to 24, a transformer gave up and the hall went dark for the rest of the night.',
        'The teams from Travnik and Goražde waited for two hours by the light of the supporters’ telephones. Then the captains, who were at school together, ' +
          'proposed to stop there, and the referees wrote the proposal down because nobody could find a rule against it.',
        'Until the dark, Goražde had led by as many as five goals. Left wing Damir Kulovac-Redžo scored eight of them, three from angles at which, as his coach remarked, other players would have asked for directions.',
        'Travnik came back through its goalkeeper. Seventeen-year-old Tarik Šehovina, playing because the two older ones had influenza, stopped four penalties in a row and drew level himself with a throw across the whole court.',
        'The cup will stand for six months in each town. The bill for the transformer will be shared in the same manner.',
      ],
    },
    {
      slug: 'prizren-robots-harvest-plums',
      title: 'In Prizren, Schoolchildren’s Robots Learn to Harvest Plums',
      section: 'Culture',
      tags: ['education', 'Kosovo', 'robotics'],
      authors: ['Arta Hoxhallari'],
      hoursAgo: 53,
      body: [
        'Nineteen small machines rolled through an orchard above Prizren on Sunday and tried to pick plums without crushing them. Eleven succeeded at least once, which the organisers of the first school robot harvest in Kosovo consider a triumph.',
        'The rules were simple: each team of four pupils had forty minutes, one tree and a basket. A whole plum counted one point, a bruised one nothing, and a broken branch cost five.',
        'First place went to a class from Suhareka whose robot did not reach for the fruit at all. It shook the branch, very gently and at a frequency which the pupils had found by trying all of them, and caught what fell in a net knitted by a grandmother.',
        { keep: ['leskovac-peppers-late-sun', 'nis-council-picks-river-tram'] },
        '“We were told that engineering is about metal,” said Besa Krasniqi-Lumi, who is thirteen and wrote [most of the program](/prizren-robots-harvest-plums/). “It turned out to be mostly about wool.”',
        'Teachers from Albania and North Macedonia came to watch, and two schools from Tetovo have already asked for the plans. They are free to copy, including the pattern of the net.',
        'The farmer who lent the orchard kept the plums. He counted 312 and said that his aunt would have been faster, but that she would not have come on a Sunday.',
      ],
    },
    {
      slug: 'courier-explains-ferry-vis',
      title: 'Passengers Find Shelter in a Gymnasium After Ferry Hits Sandbank Off Vis',
      section: 'Region',
      tags: ['Croatia', 'Vis', 'ferry'],
      authors: ['Jelisaveta Kostandin'],
      hoursAgo: 3,
      event: 'ferry-vis',
      body: [
        'Eighty-four passengers of the car ferry Sveti Lovro are resting on gymnastics mats in the school of Komiža, after their ship ran onto a sandbank off the Croatian island of Vis in ' +
          'thick fog. Nobody was hurt.',
        'Among them were eleven pupils of the music school in Niš, on their way to a competition in Split. Their teacher, ' +
          'Ognjen Stamenov, said by telephone that the children had given a concert for the other travellers and were now “unbearably cheerful”.',
        'The harbour master’s office in Split said the ferry touched ground half an hour after casting off, about four hundred metres from the lighthouse of Stončica. Fishing boats took the passengers off within two ' +
          'hours; the crew of nine stayed on board.',
        { keep: ['trains-cross-lim-viaduct-again', 'nis-council-picks-river-tram'] },
        'A tug is to try to pull the Sveti Lovro free at high water. The tide in that part of the Adriatic rises by little more than a hand’s breadth, so the crew has been pumping ballast overboard to make the ship lighter.',
        'The two other ferries to Vis are running, with a delay of about an hour. Cars on the stranded ship, among them a van with four cellos, will have to wait until it is afloat.',
      ],
    },
    {
      slug: 'danube-one-chart-for-pilots',
      title: 'Romania and Bulgaria Will Read the Danube From One Chart',
      section: 'Region',
      tags: ['Danube', 'Romania', 'Bulgaria', 'shipping'],
      authors: ['Tisa Wire'],
      hoursAgo: 0,
      appears: 2,
      copyOf: 'depth-charts',
      body: depthCharts.slice(0, 6),
    },
    {
      slug: 'ferry-pupils-win-second-prize',
      title: 'Pupils From the Stranded Ferry Win Second Prize, on Borrowed Cellos',
      section: 'Culture',
      tags: ['Croatia', 'music', 'ferry'],
      authors: ['Jelisaveta Kostandin'],
      hoursAgo: 0,
      appears: 1,
      event: 'ferry-vis',
      body: [
        'The young musicians from Niš whose ferry ran aground off Vis have come second in the competition in Split, playing instruments that they had never seen before the morning of the contest.',
        'Their own four cellos were still in a van on the car deck of the Sveti Lovro when the jury called their names. The conservatory in Split opened its cupboards and a retired teacher brought a fifth cello from home, just in case.',
        '“Mine had a wolf in it, somewhere around F sharp,” said twelve-year-old Iskra Petkanova of the borrowed instrument. “By the second movement we had become friends.”',
        'The jury praised a performance of great calm. It did not know at the time, its chairwoman said, that the quartet had slept for two nights on gymnastics mats.',
        'The ensemble returns to Niš by bus. The van with the cellos follows as soon as the ferry company has finished its papers.',
      ],
    },
  ],
  oddLinks: [{ path: '/subscribe-to-the-letter/', title: 'Our Letter: Subscribe Now', rejected: 'form' }],
};
