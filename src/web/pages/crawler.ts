import type { Settings } from '../../domain/settings.ts';
import { type Html, html } from '../html.ts';

/** The name by which robots.txt files call the crawler: the first word of its User-Agent. */
const tokenOf = (userAgent: string): string => /^[A-Za-z_-]+/.exec(userAgent)?.[0] ?? 'Courant';

function reached(contact: string | undefined): Html {
  if (contact === undefined)
    return html`The operator of this wire has not said how to be reached; robots.txt is obeyed in any case.`;
  const address = contact.includes('://') ? html`<a href="${contact}">${contact}</a>` : contact;
  return html`Write to ${address}: name the site and what is wrong.`;
}

/** Who crawls, why, how often, and how a site is left alone; for the owners of sites. */
export function crawlerPage(settings: Pick<Settings, 'TITLE' | 'USER_AGENT' | 'RATE' | 'CONTACT'>): Html {
  const { TITLE, USER_AGENT, RATE, CONTACT } = settings;
  const token = tokenOf(USER_AGENT);
  const pace =
    RATE === 1
      ? 'one request a second'
      : RATE > 1
        ? `${RATE} requests a second`
        : `one request in ${Math.round(1 / RATE)} seconds`;
  return html`<div class="single text-width prose">
<div class="heading"><h1>About our crawler</h1></div>
<h2>Who</h2>
<p>${TITLE} is a news wire that runs on <em>Courant</em>. Its crawler sends <code>User-Agent: ${USER_AGENT}</code>.</p>
<h2>Why</h2>
<p>It looks for new articles of news sites that this wire's operator chose by hand, and lists them with headline, summary and a link to the
publisher, sorted by country and topic. Articles stand in public feeds in full only where their publisher allows it. No pages are collected
for the training of models.</p>
<h2>How often</h2>
<p>Feeds and news sitemaps are asked as often as the site publishes: every five minutes at most, once a day at least, less often when a feed
asks for that. An article is fetched once, and looked at again a few times within four days, for corrections. Each site is asked by one
request at a time, ${pace} at most, with <code>Crawl-delay</code> obeyed; unchanged pages are asked for with <code>If-None-Match</code>.
<code>Retry-After</code> is obeyed, and a site that fails is left alone for longer and longer.</p>
<h2>How to be left alone</h2>
<p>In robots.txt, which is read at least once a day:</p>
<pre>User-agent: ${token}
Disallow: /</pre>
<p>or a part of the site, or slower:</p>
<pre>User-agent: ${token}
Crawl-delay: 10
Disallow: /archive/</pre>
<p>The signals <code>Content-Signal</code>, RSL licences, <code>tdm-reservation</code> and <code>noai</code> are read, kept with each article and shown to readers. A page that
answers 410, or 404 twice, is withdrawn here too.</p>
<h2 id="contact">Contact</h2>
<p>${reached(CONTACT)}</p>
</div>`;
}
