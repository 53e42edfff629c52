import type { Outlet } from '../outlet.ts';
import { magazine } from '../templates/magazine.ts';
import { depthCharts } from './wire.ts';

export const vardarReview: Outlet = {
  id: 'vardar-review',
  name: 'The Vardar Review',
  tagline: 'Essays and reports from Skopje, at length',
  lang: 'en',
  country: 'MK',
  timeZone: 'Europe/Skopje',
  nav: ['Essays', 'Reports', 'Letters', 'About'],
  list: 'json',
  listPath: '/feed.json',
  disallow: '/drafts/',
  pathOf: (piece) => `/issues/autumn/${piece.slug}`,
  template: magazine,
  bios: {
    'Elpida Naumoska':
      'Elpida Naumoska is Contributing Editor of The Vardar Review and the author of two books on things that arrive late. You may write to her on paper. The opinions in this text are hers.',
    'Kiril Damjanoski-Reka':
      'Kiril Damjanoski-Reka is a staff writer of The Vardar Review. He spent nine years at sea as a radio officer before he learnt to dislike telephones.',
    'Mimoza Gjata': 'Mimoza Gjata writes from Albania for The Vardar Review. She restores doors in her free time.',
  },
  pieces: [
    {
      slug: 'the-last-slow-letter',
      title: 'Has the Slow Letter Had Its Day? - What the Post Offices of the Balkans Still Deliver',
      section: 'Essays',
      tags: ['post', 'North Macedonia', 'Albania', 'Greece'],
      authors: ['Elpida Naumoska'],
      hoursAgo: 40,
      body: [
        'On the wall of the post office in Kratovo hangs a clock that has been nine minutes slow for as long as anybody can remember. It is not broken. The ' +
          'postmaster of the day set it so in the winter of 1961, when the bus from Skopje kept missing the last collection, and nobody has since had the heart ' +
          'to take the nine minutes back from those who need them.',
        'I have thought of that clock often in the past year, in which I visited fifty-three post offices in North Macedonia, Albania, northern Greece and the ' +
          'south of Serbia. I wanted to know what they do all day, now that hardly a private letter is written. The short answer is that they do almost everything else. The long answer follows.',
        {
          figure: 'The counter of the post office in Kratovo on a market day, with the slow clock above the door',
          source: 'Vardar Review/E. Naumoska',
        },
        'First the figures, because they are the part that one gets asked about. In the four countries together, the number of private letters has fallen by ' +
          'nine tenths in twenty years. The number of post offices has fallen by one tenth. Between those two numbers lies a whole economy of small services that ' +
          'no ministry has ever planned, and that no balance sheet shows under its own name.',
        { heading: 'A Bank, a Pharmacy, a Parliament' },
        'In the mountain villages above Debar, the post office is where pensions are counted out, in notes, on a cloth. It is where the insulin waits in a ' +
          'refrigerator that the district hospital lends for the purpose. And it is, three mornings a week, the only heated public room for twenty kilometres, so ' +
          'that people who have nothing to send come all the same and settle there what a village has to settle.',
        'The clerk, Fatime Selmani-Brod, keeps a second ledger for such matters. It records who has promised to clear whose ditch and by when. It has no legal force whatever, she says, and she cannot recall that anything written in it has ever been disputed.',
        'Across the border, in the Albanian town of Peshkopi, the same room has become a place of learning. Twice a week the younger of two postmen explains to ' +
          'the older inhabitants how to pay a bill by telephone. He is aware that he is abolishing himself. “I have made a calculation,” he told me. “At the ' +
          'present speed of my pupils I reach my pension with a year to spare.”',
        { heading: 'The Parcel Comes to the Rescue' },
        'It would be wrong to paint all this in the colours of the evening. Parcels have tripled. In Florina, in the north of Greece, the sorting hall was too ' +
          'large for the letters of the nineteen-eighties and is too small for the shoes of today, half of which travel back to where they came from because they do not fit.',
        'The returned shoe is the true sovereign of the modern post. It pays for the vans, and it decides where the vans go. A village in which nobody orders ' +
          'anything loses its daily round and then, as a rule, its bus as well, because the two have shared a driver since the days of the mail coach.',
        {
          figure: 'Returned parcels in the sorting hall of Florina, four days before a holiday',
          source: 'Vardar Review/E. Naumoska',
        },
        'Some villages have understood this and order in turns. I was shown a list in Vevčani, kept by the priest, of who is to buy something by post in which ' +
          'week. In the second week of October it was the turn of the beekeeper, who needed nothing and ordered a barometer.',
        { heading: 'What a Letter Was For' },
        'And the letter itself? I found it alive in three places. Courts still send it, because a judge wants a signature. Grandmothers still send it, because ' +
          'a letter can contain a banknote. And children in the first class of the schools around Bitola write one each to a child in Vranje, across the border ' +
          'in Serbia, and receive one back, under an arrangement which two teachers made at a bus stop eleven years ago and which by now has outlived both of their headmasters.',
        'I asked to read a few. They are about dogs, for the most part, and about teeth. What struck me was not what they said but how they ended. Nearly every ' +
          'child had asked a question, and had then left a blank space below it for the reply, as though the same sheet of paper would be coming back. It is not ' +
          'how the post works. It is, though, a fair description of what it is for.',
        'The clock in Kratovo was repaired this spring by a well-meaning technician from the capital. There were complaints. Since June it is nine minutes slow again, by decision of the municipal council, unanimously, and the bus has not been missed since.',
      ],
    },
    {
      slug: 'why-fog-beats-radar',
      title: 'Why Fog Still Beats Radar: Lessons of the Grounding Off Vis',
      section: 'Reports',
      tags: ['ferry', 'Croatia', 'shipping'],
      authors: ['Kiril Damjanoski-Reka'],
      hoursAgo: 2,
      event: 'ferry-vis',
      body: [
        'A ship of two thousand tonnes with two radars, a satellite receiver and a captain of thirty years’ standing has come to rest on a sandbank that every ' +
          'fishing boat on Vis knows by its first name. The voyage of the ferry Sveti Lovro ended well, with 84 passengers in dry socks. How it began deserves a closer look.',
        { heading: 'A Bank That Wanders' },
        'The shoal off the Stončica lighthouse is not where the chart has it. Currents push it north by some twelve metres a year, and the last official ' +
          'sounding was made when the ferry was still on the drawing board. Radar sees the lighthouse, the cliffs and the other ships. It does not see sand under water.',
        'Local skippers steer by other means. They keep the lamp of the monastery above the roof of the old cannery; if the lamp disappears, they turn. In fog there is no lamp, and so on such days they stay at home, which a ferry with a timetable cannot.',
        {
          figure: 'The channel off Stončica on a clear day; the shoal shows as a lighter streak',
          source: 'Vardar Review/K. Damjanoski-Reka',
        },
        { heading: 'What Would Have Helped' },
        'An echo sounder looking forward instead of straight down would have given the bridge of the Sveti Lovro about forty seconds of warning. Such devices ' +
          'cost as much as a family car and are standard on research vessels. No rule requires them on ferries, in Croatia or anywhere else on the Adriatic.',
        'The harbour master in Split, Tonči Baretić-Lukin, says that he will propose a survey of the eleven busiest ferry channels every second year. ' +
          'It is a modest proposal, made by a man who had not slept, and it would be a pity if it ran aground as well.',
      ],
    },
    {
      slug: 'a-river-with-one-bottom',
      title: 'A River With One Bottom: Romania and Bulgaria Merge Their Soundings',
      section: 'Reports',
      tags: ['Danube', 'Romania', 'Bulgaria'],
      authors: ['Tisa Wire'],
      hoursAgo: 25,
      copyOf: 'depth-charts',
      body: [
        ...depthCharts.slice(0, 5),
        'In Skopje, far from any navigable water, the news was received with some envy. The Vardar has had one official depth since 1928, a spokeswoman of the hydrographic office told this magazine, and it is wrong.',
        ...depthCharts.slice(5),
      ],
    },
    {
      slug: 'trout-of-ohrid-go-to-school',
      title: 'The Trout of Ohrid Go to School',
      section: 'Reports',
      tags: ['Ohrid', 'science', 'Albania'],
      authors: ['Kiril Damjanoski-Reka'],
      hoursAgo: 64,
      body: [
        'In a long tank behind the hydrobiological station in Ohrid, ten thousand young trout are being taught to be afraid. Twice a day a wooden cormorant on a wire passes over the water, and whoever does not dive gets a jet of cold water on the back.',
        'Lake Ohrid, which North Macedonia shares with Albania, is home to [a trout found nowhere else](/reports). It has been bred and released for ninety years, but of a hundred fish set free only three used to live to see their second summer.',
        {
          figure: 'The wooden cormorant, carved by the caretaker of the station, above tank number four',
          source: 'Vardar Review/K. Damjanoski-Reka',
        },
        'The reason, biologists found, was upbringing. Fish that grow up in a tank associate a shadow with dinner. They swim towards it, and the cormorants of the lake have long since understood what the arrival of the station’s lorry means.',
        '“We had been running a very good restaurant,” said Dr. Biljana Trpeska-Ohridska, who had the idea of the school. After one term of lessons, eleven of ' +
          'a hundred marked trout were caught again alive after a year; the untaught control group supplied two.',
        'The Albanian hatchery at Lin has joined the experiment and improves on it. Its cormorant also makes a noise, recorded from a real one, and comes at irregular times, since fear that keeps office hours is of no use.',
        'Fishing for the trout remains forbidden in both countries until the stock has doubled. At the present rate that will take six years, or somewhat less if the cormorants do not learn to read.',
      ],
    },
    {
      slug: 'stone-roofs-of-gjirokaster',
      title: 'Who Will Mend the Stone Roofs of Gjirokastër?',
      section: 'Essays',
      tags: ['Albania', 'crafts', 'heritage'],
      authors: ['Mimoza Gjata'],
      hoursAgo: 90,
      body: [
        'A roof in Gjirokastër weighs as much as the house beneath it. It is made of slabs of grey limestone, laid dry and overlapping like the scales of a ' +
          'carp, and from the castle above the town one looks down on some six hundred of them, shining after rain.',
        'Eleven men in southern Albania still know how to lay one. The youngest is fifty-eight. This autumn they have begun to teach, in a former barracks ' +
          'below the bazaar, and the first course has nine pupils, four of them women and one of them an accountant from Tirana who was looking, as she says, for something that adds up.',
        { heading: 'A Craft Without Drawings' },
        'There is no manual. A slab is chosen by its ring: the master knocks on it with a knuckle, listens and puts it aside or not. Asked what he listens for, ' +
          'Master Llambi Qafoku-Zerva thought for some time and said that a good stone sounds as if it had been waiting.',
        'The pupils record the knocks on their telephones and compare them on a screen. The curves look much alike. After two months, all the same, most of them choose the same stones as the master does, and none can say how.',
        {
          figure: 'A pupil of the roofing school sorts slabs by sound in the yard of the barracks',
          source: 'Vardar Review/M. Gjata',
        },
        { heading: 'Work for Forty Years' },
        'There is no lack of work. The town counts 190 roofs in need of repair and estimates four weeks for each, so that a crew of nine would be busy until ' +
          'most of them retire. A fund of the United Nations’ culture organisation pays for the material; the owners pay for lunch.',
        'What the town fears more than rain is the good offer. A builder in Corfu, in sight across the strait, pays three times as much for walls of the same stone. So far nobody from the course has gone. “Walls,” said the accountant, with some contempt.',
      ],
    },
    {
      slug: 'hokkaido-potatoes-for-berovo',
      title: 'Hokkaido Lends Berovo Its Potatoes',
      section: 'Letters',
      tags: ['Japan', 'farming', 'Berovo'],
      authors: ['Elpida Naumoska'],
      hoursAgo: 110,
      body: [
        'Forty sacks of seed potatoes from the Japanese island of Hokkaido have arrived in Berovo, in the east of North Macedonia, where they will spend the ' +
          'winter in the cellar of the town hall, guarded by a thermometer and by Mr. Atanas Pehčevski, who sleeps above them.',
        'They are a loan. Under the contract, which is two pages long and illustrated, Berovo is to return forty sacks of the harvest in two years’ time, so that growers on Hokkaido can see what the altitude has done to them.',
        'Both places lie at about the same latitude and complain of the same beetle. A teacher from Berovo noticed it during an exchange of schools, wrote to ' +
          'the agricultural cooperative of Obihiro, and received by return of post a parcel of soil, a poem and a proposal.',
        'The Japanese variety keeps for nine months without sprouting. For Berovo, which sells its potatoes in October because they do not last, and buys them back dearer in March, that would be a small revolution.',
        'Planting is planned for the week after Easter. The beetle, it must be assumed, has been informed.',
      ],
    },
  ],
  oddLinks: [],
};
