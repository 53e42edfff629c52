/** Sound inputs of each kind, in our own words: what the mutations start from. */
export const feeds = [
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour &amp; Hill</title><link>https://harbour.example/</link><ttl>15</ttl><item><title>Ferry back</title><link>/news/ferry?utm_source=rss</link><guid isPermaLink="false">f-1</guid><pubDate>Sat, 21 Nov 2026 09:30:00 +0100</pubDate><dc:creator>Bo Pier</dc:creator><category domain="https://harbour.example/t">Sea</category><description>Short &lt;b&gt;text&lt;/b&gt;.</description><content:encoded><![CDATA[<p>Long <b>text</b>.</p>]]></content:encoded><media:content url="/big.jpg" medium="image" width="900"/><enclosure url="/a.mp3" type="audio/mpeg" length="1200"/></item></channel></rss>`,
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://hill.example/" xml:lang="sr"><title type="html">Hill &amp;amp; co</title><link rel="self" href="f"/><entry><id>urn:x:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a <b>c</b></div></title><link href="one"/><updated>2026-11-21T10:00:00+02:00</updated><summary>1 &lt; 2</summary><author><name>Eve</name></author></entry></feed>`,
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://a.example/"><title>A</title></channel><item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link></item></rdf:RDF>`,
  `{"version":"https://jsonfeed.org/version/1.1","title":"J","home_page_url":"https://j.example/","items":[{"id":"1","url":"/7","title":"Seven","content_html":"<p>a</p>","date_published":"2026-11-21T10:00:00Z","tags":["x"],"authors":[{"name":"Ann"}]}]}`,
];
export const sitemaps = [
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example/2026/11/quay</loc><lastmod>2026-11-21</lastmod><news:news><news:publication><news:name>A</news:name><news:language>en</news:language></news:publication><news:publication_date>2026-11-21T10:00:00Z</news:publication_date><news:title>Quay</news:title></news:news></url></urlset>`,
  `<sitemapindex><sitemap><loc>https://a.example/s1.xml.gz</loc><lastmod>2026-11-01</lastmod></sitemap></sitemapindex>`,
  'https://a.example/1\nhttps://a.example/2\n',
];
export const opml = [
  `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body><outline text="Sea"><outline type="rss" text="Harbour &amp; Hill" xmlUrl="https://harbour.example/rss" htmlUrl="https://harbour.example/"/></outline></body></opml>`,
];
export const pages = [
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry back in service | Harbour</title><meta property="og:image" content="/i.jpg"><link rel="canonical" href="/news/ferry"><link rel="alternate" type="application/rss+xml" href="/rss"><meta http-equiv="refresh" content="5; url=/next"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry back in service","datePublished":"2026-11-21T09:30:00+01:00","author":{"name":"Bo Pier"}}</script></head><body><nav><a href="/">Home</a><a href="/sea">Sea</a></nav><article><h1>Ferry back in service</h1><p class="byline">By Bo Pier, 21 November 2026</p><p>The ferry sailed again on Saturday, after three months in the yard, and the town was there to see it off.</p><p>The council had paid for new engines, which use a third less fuel, said the harbour master.</p><blockquote><p>We waited long.</p></blockquote><ul><li>New engines</li><li>More seats</li></ul><table><tr><td>2025</td><td>40</td></tr></table></article><aside><h2>Most read</h2><a href="/n/1">The hill road is closed until Monday evening</a></aside><footer>Copyright 2026</footer></body></html>`,
  `<html><body><div id="list"><a href="/2026/11/21/one-two-three">One two three four five six</a><a href="/2026/11/21/four-five-six">Four five six seven eight nine</a></div><a rel="next" href="?page=2">Next</a></body></html>`,
];
export const robots = [
  'User-agent: *\nDisallow: /private/*.html$\nAllow: /private/a\nCrawl-delay: 2\n\nUser-agent: Courant\nUser-agent: Other\nDisallow:\nSitemap: https://a.example/s.xml\n',
];
export const addresses = [
  'https://www.paper.example/2026/11/21/ferry-back-in-service/?utm_source=rss&id=7#top',
  'http://m.paper.example:80/amp/story%20one/index.html;jsessionid=12AB?page=1&ref=tw',
  'https://www.google.com/amp/s/paper.example/a.amp.html',
  '//paper.example/a',
];
export const dates = [
  'Sat, 21 Nov 2026 09:30:00 +0100',
  '2026-11-21T09:30:00.123+02:00',
  'Published 21 November 2026 at 9.30 pm CET',
  'Subota, 21. studenog 2026. 09:30',
  '٢١ نوفمبر ٢٠٢٦ 09:30',
  '2026年11月21日 午後9時30分',
  '11/21/26 9:30 AM EST',
];
export const catalogues = [
  `sources:\n  # The sea\n  - id: harbour\n    name: Harbour\n    home: https://harbour.example/\n    feeds: [https://harbour.example/rss]\n    lang: en\n    country: IE\n    exclude: ['/video/']\n    schedule: '*/15 * * * *'\n    limits: { articles: 10 }\n`,
];
/** Paths of our own server with their query. */
export const requests = [
  '/region/RS/topic/sport.rss?limit=50&q=ferry%20back&lang=sr',
  '/source/harbour.json?before=abc',
  '/feed.atom',
];
