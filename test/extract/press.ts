/** A page of a made-up paper, with the boilerplate that real ones carry; the article's own lines are `paragraphs`. */
export const paragraphs = [
  'The harbour council of Brenkoval voted on Tuesday to reopen the old fish market, eleven years after a storm tore its roof away.',
  'Work is to begin in spring, the mayor said, and should cost no more than four million crowns, a third of which the region will pay.',
  'Traders who moved to the bus station have asked for stalls at the rents of 2015; the council promised an answer before the end of the month.',
  'What the plans show',
  'The drawings keep the iron columns and put a roof of glass and larch above them, with a small stage for concerts at the sea end.',
  'Fishermen were less pleased, since the cold store they were promised has been moved behind the customs house, where lorries can hardly turn.',
  'A second reading is due in January, and anybody who lives in the harbour quarter may speak at it, according to the town clerk.',
] as const;

export const boilerplate = [
  'Brenkoval reopens its fish market',
  'READ: Five harbours that lost their markets',
  'Keep Reading',
  'Storm warnings issued along the northern coast',
  'Ferry timetable changes again after complaints',
  'By Maren Oltvik',
  '12 March 2026, 10:15',
  'The fish market in 2014. / Source: Town archive',
  'Maren Oltvik is a reporter at the Brenkoval Courier.',
  'Leave a Reply',
  'Your email address will not be published. Required fields are marked *',
  'Copyright © 2026 Brenkoval Courier. All rights reserved.',
] as const;

const ticker = Array.from({ length: 50 }, (_, i) => `Ticker headline number ${i + 1} about some other town entirely`);

/** `name` maps the template's class names: the same page with meaningless names must give the same article. */
export function pressPage(name: (meaning: string) => string = (meaning) => meaning): string {
  const c = (meaning: string): string => `class="${name(meaning)}"`;
  const [p1, p2, p3, head, p4, p5, p6] = paragraphs;
  return `<!DOCTYPE html><html lang="en-GB"><head><title>Brenkoval reopens its fish market | Brenkoval Courier</title>
<meta property="og:title" content="Brenkoval reopens its fish market"><meta property="og:site_name" content="Brenkoval Courier">
<meta property="og:image" content="https://courier.example/pictures/market.jpg"><meta property="article:published_time" content="2026-03-12T10:15:00+01:00">
<meta name="author" content="Maren Oltvik"><link rel="canonical" href="https://courier.example/2026/market">
<script>var tracking = "not text";</script><style>.x{color:red}</style></head><body>
<div ${c('topnav')}><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></div>
<ul ${c('ticker')}>${ticker.map((line, i) => `<li>- <a href="/t${i}">${line}</a></li>`).join('')}</ul>
<div ${c('page')}><div ${c('crumbs')}><a href="/">Home</a> › <a href="/news">News</a> › Brenkoval reopens its fish market</div>
<h1>Brenkoval reopens its fish market</h1><h2>Brenkoval reopens its fish market</h2>
<p ${c('byline')}>By Maren Oltvik</p><p ${c('date')}>12 March 2026, 10:15</p>
<div ${c('story')}><p>${p1}</p><figure><img src="/pictures/market.jpg" alt=""><figcaption>The fish market in 2014. / Source: Town archive</figcaption></figure>
<p>${p2}</p><p><strong>READ: </strong><a href="/five">Five harbours that lost their markets</a></p><p>${p3}</p>
<div ${c('keep')}><h4>Keep Reading</h4><a href="/a">Storm warnings issued along the northern coast</a><br><a href="/b">Ferry timetable changes again after complaints</a></div>
<h3>${head}</h3><p>${p4}</p><p>${p5}</p><p>${p6}</p></div>
<div ${c('authorbox')}><p>Maren Oltvik is a reporter at the Brenkoval Courier.</p></div>
<div ${c('related')}>${ticker
    .slice(0, 11)
    .map((line, i) => `<h4><a href="/r${i}">${line.replace('Ticker', 'Further')}</a></h4>`)
    .join('')}</div>
<div ${c('comments')}><h3>Leave a Reply</h3><p>Your email address will not be published. Required fields are marked *</p></div></div>
<div ${c('footer')}><p>Copyright © 2026 Brenkoval Courier. All rights reserved.</p></div></body></html>`;
}
