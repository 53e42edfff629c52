/** Address endings that are files, not pages. */
const fileEnding =
  /\.(?:jpe?g|png|gif|webp|avif|svg|ico|css|js|json|xml|rss|atom|pdf|docx?|xlsx?|pptx?|zip|gz|rar|exe|apk|dmg|mp[34]|m4[av]|webm|ogg|wav|avi|mov|epub|ics|vcf)$/i;

/** Path segments of pages that are not articles, in the languages in which sites most often name them. */
const otherSegments = new Set(
  `about about-us abo abonnement account accessibility ads advertise advertising agb alerts amp-stories anmelden app
  apps author authors autor autoren barrierefreiheit bookmarks careers cart categorie category categoria checkout
  comments contact contacts contact-us cookie-policy cookies copyright crossword crosswords datenschutz e-paper
  epaper faq feed feeds forum gewinnspiele glossary help hilfe horoscope horoskop imprint impressum jobs kategorie
  kontakt label livestream livestreams log-in login logout mediadaten membership mentions-legales my my-account
  mein-konto newsletter newsletters page pages podcast podcasts privacy privacy-policy profile profil puzzles
  register registrieren registration rss search shop shows sign-in signin signup sitemap store subscribe subscription
  subscriptions suche tag tags team terms terms-of-use terms-of-service themen thema topic topics tv-programm user
  users video videos weather wetter widget widgets wp-admin wp-login`.split(/\s+/),
);

/**
 * How much an address alone looks like an article's: > 0 for, < 0 against. The signs are those that publishers'
 * systems leave: a date in the path, a long slug, a number, an ending.
 */
export function addressScore(url: URL): number {
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const last = segments.at(-1) ?? '';
  if (segments.length === 0 || fileEnding.test(last)) return -10;
  if (segments.some((segment) => otherSegments.has(segment.toLowerCase()))) return -4;
  let score = 0;
  const slug = decodable(last).replace(/\.(?:s?html?|php\d?|aspx?|jsp|cms|ece|do)$/i, '');
  const words = slug.split(/[-_+ ]+/).filter((word) => /\p{L}{2}/u.test(word)).length;
  if (words >= 5) score += 4;
  else if (words >= 3) score += 2;
  if (/(?:^|\/)(?:19|20)\d\d[/-]?(?:0?[1-9]|1[0-2])(?:[/-]?(?:0[1-9]|[12]\d|3[01]))?(?:\/|-|$)/.test(url.pathname))
    score += 2;
  if (
    /(?:^|[-_/.,a-z])\d{5,}(?:$|[-_/.,])/i.test(url.pathname) ||
    /[0-9a-f]{16,}|[-_/][a-z]*\d[a-z\d]{6,}$/i.test(`/${slug}`)
  )
    score += 2;
  else if (/(?:^|[?&])(?:\w*id|p|article|story|news|nid|aid|sid|post)=\d{2,}(?:&|$)/i.test(url.search)) score += 3;
  else if (segments.length > 1 && /^\d{2,}$/.test(slug)) score += 2;
  if (/\.(?:s?html?|php\d?|aspx?|jsp|cms|ece)$/i.test(last)) score += 1;
  if (segments.length === 1 && words <= 1 && score === 0) score -= 2;
  // A page of a list: `/news/page/2`, `?page=2`, and the archive of a day.
  if (
    /(?:^|\/)(?:page|seite|pagina)\/\d+\/?$/i.test(url.pathname) ||
    /[?&](?:page|seite|p|start|offset)=\d{1,3}(?:&|$)/i.test(url.search)
  )
    score -= 4;
  if (/^\/(?:[\w-]+\/)?(?:19|20)\d\d(?:\/\d{1,2}){0,2}\/?$/.test(url.pathname)) score -= 6;
  return score;
}

function decodable(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * The pattern that an address follows on its site: `/politics/ministers-meet-over-budget-20310.html` and
 * `/world/harbour-plan-approved-20117.html` → `w/slug#.html`. What turned out to be articles is counted by it.
 */
export function shapeOf(url: URL): string {
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const path = segments.map((segment) => {
    const ending = /\.[a-z]{2,5}\d?$/i.exec(segment)?.[0].toLowerCase() ?? '';
    const name = decodable(segment.slice(0, segment.length - ending.length));
    const digits = /\d/.test(name) ? '#' : '';
    const words = name.split(/[-_+ ]+/).filter((word) => /\p{L}{2}/u.test(word)).length;
    return `${words >= 3 ? 'slug' : words > 0 ? 'w' : ''}${digits}${ending}`;
  });
  const names = [...url.searchParams.keys()].sort().slice(0, 4);
  return `${path.slice(0, 8).join('/')}${names.length > 0 ? `?${names.join('&')}` : ''}`.slice(0, 200);
}

/**
 * A number that grows with the age of the site, as far as the address tells: the day in its path (`/2026/11/22/` →
 * 20261122), else its longest number of five digits and more; 0 without one. For ordering addresses of one site.
 */
export function addressAge(url: URL): { readonly day: number; readonly number: number } {
  const date = /(?:^|[/_-])((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])(?:[/_-]?(0[1-9]|[12]\d|3[01]))?(?=[/_-]|$)/.exec(
    url.pathname,
  );
  const numbers = (url.pathname + url.search).match(/\d{5,15}/g) ?? [];
  return {
    day: date ? Number(`${date[1]}${date[2]}${date[3] ?? '00'}`) : 0,
    number: Math.max(0, ...numbers.map(Number)),
  };
}
