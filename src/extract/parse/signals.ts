/**
 * What an element's class, id, role and similar attributes say of it, as bits: one concept a bit.
 * The names are the habits of the trade (WordPress, Drupal, AMP, BEM, …), not of one site.
 */
export const Signal = {
  body: 1 << 0,
  content: 1 << 1,
  title: 1 << 2,
  standfirst: 1 << 3,
  byline: 1 << 4,
  date: 1 << 5,
  caption: 1 << 6,
  media: 1 << 7,
  related: 1 << 8,
  share: 1 << 9,
  newsletter: 1 << 10,
  comments: 1 << 11,
  navigation: 1 << 12,
  side: 1 << 13,
  footer: 1 << 14,
  tags: 1 << 15,
  advert: 1 << 16,
  wall: 1 << 17,
  hidden: 1 << 18,
  legal: 1 << 19,
  embed: 1 << 20,
  widget: 1 << 21,
  box: 1 << 22,
  teaser: 1 << 23,
  paragraph: 1 << 24,
  bio: 1 << 25,
  tool: 1 << 26,
  live: 1 << 27,
  consent: 1 << 28,
} as const;

/** Signals of elements that hold something else than the article. */
export const foreign =
  Signal.related |
  Signal.share |
  Signal.newsletter |
  Signal.comments |
  Signal.navigation |
  Signal.side |
  Signal.footer |
  Signal.tags |
  Signal.advert |
  Signal.wall |
  Signal.hidden |
  Signal.legal |
  Signal.widget |
  Signal.teaser |
  Signal.bio |
  Signal.tool |
  Signal.consent;

const patterns: readonly (readonly [number, RegExp])[] = [
  [
    Signal.body,
    /article_{0,2}-?(?:body|text|content|copy|main|page-content)|(?:story|post|entry|news|text|page|blog|content|artikel|single|item|field)-?_{0,2}(?:body|text|content)|body-?(?:copy|text|content|main)|articlebody|rich-?text|prose\b|wysiwyg|paywall-content|storycontent|texto|cuerpo|contenido|td-post-content|fulltext|news-?detail|(?:main|kona)-?body/,
  ],
  [Signal.content, /(?:^|[-_ ])(?:content|main|article|story|post|entry|text|body|single|inhalt)(?:$|[-_ ])/],
  [Signal.title, /head-?line|(?:^|[-_ ])h1|title|titel|titre|titulo|überschrift/],
  [
    Signal.standfirst,
    /standfirst|stand-first|sub-?(?:head|title|line)|deck?(?:$|[-_ ])|excerpt|intro|lead(?:$|[-_ ])|lede|teaser-text|summary|abstract|chapo|vorspann|kicker|strap-?line|entradilla|bajada|subtit|preamble|ingress|sommario|synopsis/,
  ],
  [Signal.byline, /by-?line|author|autor|auteur|writer|reporter|verfasser|contributor|firma|creator/],
  [
    Signal.date,
    /date|time(?:stamp)?(?:$|[-_ ])|publish|posted-?on|updated|fecha|datum|entry-meta|post-meta|article-meta|meta-info/,
  ],
  [
    Signal.caption,
    /caption|credit|legend|copyright-?image|image-?(?:text|desc|source|copyright)|photo-?(?:by|credit|grapher)|bildunterschrift|wp-caption|pie-de-foto|cutline|didascalia/,
  ],
  [
    Signal.media,
    /image|img(?:$|[-_ ])|photo|picture|gallery|galerie|slideshow|slider|carousel|video|player|media(?:$|[-_ ])|figure|lightbox|swiper|audio|podcast|infographic/,
  ],
  [
    Signal.related,
    /relat(?:ed|ion)|relacionad|verwandt|similar|recommend|recirc|read-?(?:more|next|also)|more-?(?:on|from|stories|news|articles|like|in)|also-?(?:read|like)|see-?also|further|you-?may|trending|popular|most-?(?:read|viewed|shared|commented|popular)|latest|recent|outbrain|taboola|zergnet|mgid|next-?(?:article|post|story|up)|prev(?:ious)?-?(?:article|post|story)|up-?next|weitere|mehr-?zum|lire-?aussi|leggi-?anche|lees-?ook|inline-?(?:link|article|promo)|crosslink|sidebar-?link|dont-miss|nextprev|post-?nav|keep-?reading|ticker|breaking/,
  ],
  [
    Signal.share,
    /share|sharing|social|follow-?us|facebook|twitter(?!-tweet)|whatsapp|pinterest|telegram|addthis|addtoany|sharedaddy|a2a|linkedin|teilen|partage|compart/,
  ],
  [
    Signal.newsletter,
    /newsletter|news-letter|subscri|sign-?up|signup|mailing|mailchimp|mc4wp|email-?(?:form|alert|capture)|optin|opt-in|abonn|push-?notif|inscription/,
  ],
  [
    Signal.comments,
    /comment(?!ary|ator)|disqus|respond|discuss|livefyre|kommentar|comentario|commentaire|replies|forum|facebook-comments|viafoura|coral-|reviews?(?:$|[-_ ])/,
  ],
  [
    Signal.navigation,
    /(?:^|[-_ ])nav(?:$|[-_ ])|navi|navbar|menu|breadcrumb|bread-crumb|crumbs|pagination|pager|masthead|site-?header|topbar|top-?bar|header-|global-?header|page-header|toolbar|sitemap|skip-?(?:link|to)|jump-?to|site-?map|mega-?menu|offcanvas|off-canvas|drawer|hamburger/,
  ],
  [
    Signal.side,
    /side-?bar|aside|rail(?:$|[-_ ])|right-?(?:col|side|rail)|left-?(?:col|side|rail)|col-?right|marginal|secondary|complementary|seitenleiste|sidecol/,
  ],
  [Signal.footer, /foot(?:er)?(?:$|[-_ ])|bottom(?:$|[-_ ])|colophon|footer|fusszeile|site-?info/],
  [
    Signal.tags,
    /(?:^|[-_ ])tags?(?:$|[-_ ])|tag-?(?:list|cloud|links|s)|topic|keyword|categor|hashtag|themen|schlagw|etiquet|cat-links|tagged/,
  ],
  [
    Signal.advert,
    /(?:^|[-_ ])ads?(?:$|[-_ ])|advert|adsense|ad-?(?:slot|unit|wrap|container|box|break|banner|label|block|zone|inner|place)|google-?ad|dfp|gpt|banner|sponsor|promo|werbung|anzeige|publicidad|publicite|pubblicit|reklam|commercial|affiliate|merch|shopping|product-?(?:card|box)|outbrain|taboola|native-?ad|billboard|skyscraper/,
  ],
  [
    Signal.wall,
    /cookie|consent|gdpr|paywall|pay-wall|regwall|login|log-in|signin|sign-in|register|subscription-|modal|popup|pop-up|overlay|lightbox|interstitial|premium-?(?:box|offer|banner)|metering|barrier|piano|offer|donat|support-?us|membership|onetrust|didomi|cmp-/,
  ],
  [
    Signal.hidden,
    /(?:^|[-_ ])(?:hidden(?!-(?:xs|sm|md|lg|xl|print|mobile|desktop|tablet|phone)| \w+:(?:block|flex|inline|grid))|hide|invisible|visually-?hidden|sr-only|screen-?reader(?:-text)?|d-none|display-none|print-?only|accessib\w*|offscreen|a11y|assistive)(?:$|[-_ ])|visuallyhidden/,
  ],
  [
    Signal.legal,
    /copyright|disclaimer|legal|imprint|impressum|terms|privacy|license|licence|correction-?policy|trust-?project|ethics/,
  ],
  [Signal.embed, /twitter-tweet|tweet|instagram-media|embed|fb-post|tiktok|oembed|reddit-/],
  [
    Signal.widget,
    /widget|module(?:$|[-_ ])|poll(?:$|[-_ ])|quiz|weather|stock|market|calendar|search|translate|rating|stars|vote|countdown|feedback|survey|event-?list|toc(?:$|[-_ ])|table-of-contents|app-?(?:promo|download)|store-?badge|timeline-?nav|scoreboard|jobs?-/,
  ],
  [
    Signal.box,
    /(?:^|[-_ ])(?:box|infobox|info-box|factbox|fact-box|callout|pull-?quote|pullquote|highlight|key-?points|takeaways|faktabox|kasten|infokasten|sidebar-?box|explainer|context|note)(?:$|[-_ ])/,
  ],
  [
    Signal.teaser,
    /teaser|card(?:$|[-_ s])|tile|thumb|listing|grid|feed(?:$|[-_ ])|river|list-?item|article-?list|post-?list|story-?list|headlines|news-?list|loop|archive|collection|curation|stream(?:$|[-_ ])|aufmacher|media-object/,
  ],
  [
    Signal.paragraph,
    /paragraph|(?:^|[-_ ])par(?:a|)(?:$|[-_ ])|absatz|text-?block|block-?text|article-?p(?:$|[-_ ])|text-?component|body-?p(?:$|[-_ ])/,
  ],
  [
    Signal.bio,
    /bio(?:$|[-_ ])|biograph|about-?(?:the-?)?author|author-?(?:box|info|bio|card|profile|desc|details|about|block|wrap|section)|authorbox|profile|vcard|post-author|contributor-?(?:bio|info)|team-?member/,
  ],
  [
    Signal.tool,
    /tools?(?:$|[-_ ])|print(?:$|[-_ ])|font-?size|bookmark|save-?(?:article|story|for)|listen|read-?aloud|text-?to-?speech|speech|reading-?time|read-?time|min-?read|button|btn|action|utility|meta-?bar|report-?(?:error|typo)|gift|reactions?|views?-?count|post-?views|counter|copy-?link|edit-?link/,
  ],
  [
    Signal.consent,
    /onetrust|ot-sdk|optanon|cookie-?(?:consent|banner|notice|law|bar|modal|popup|settings|policy|info|hint|preferences?|dialog|overlay)|privacy-?(?:modal|banner|notice|popup|overlay|preferences?|manager|content-box|cent(?:er|re))|cookiebot|gdpr|didomi|qc-cmp|usercentrics|(?:^|[-_ ])cky-|truste|sp-?message|cc-window|consent-?(?:banner|manager|modal|wall|popup|layer|overlay)/,
  ],
  [Signal.live, /live-?(?:blog|ticker|update|feed|post|event|coverage)|liveblog|newsticker/],
];

/** The letters that the alternatives of a pattern begin with; two at least. */
function startsOf(source: string): string[] {
  return alternativesOf(source).flatMap((alternative) => {
    const rest = alternative.replace('(?:^|[-_ ])', '');
    if (rest.startsWith('(?:')) {
      const end = closingOf(rest);
      if (!/[?*{]/.test(rest[end + 1] ?? '')) return startsOf(rest.slice(3, end));
    }
    const start = /^[a-z\d_ü-]+(?![?*{])/.exec(rest)?.[0] ?? '';
    if (start.length < 2) throw new Error(`The pattern ${alternative} must begin with two letters of its own.`);
    return start;
  });
}

function alternativesOf(source: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < source.length; i++) {
    if (source[i] === '(') depth++;
    else if (source[i] === ')') depth--;
    else if (source[i] === '|' && depth === 0) {
      found.push(source.slice(from, i));
      from = i + 1;
    }
  }
  return [...found, source.slice(from)];
}

function closingOf(group: string): number {
  let depth = 0;
  for (let i = 0; i < group.length; i++) {
    if (group[i] === '(') depth++;
    else if (group[i] === ')' && --depth === 0) return i;
  }
  return group.length;
}

const symbols = 40;
const symbolOf = new Uint8Array(128);
for (const [i, character] of [...' abcdefghijklmnopqrstuvwxyz0123456789-_'].entries())
  symbolOf[character.charCodeAt(0)] = i + 1;

/** An automaton (Aho and Corasick, 1975) that finds all beginnings in one pass: the next state by state and symbol, and the patterns of a state. */
interface Automaton {
  readonly next: Uint16Array;
  readonly found: Int32Array;
}

function automatonOf(starts: readonly (readonly [number, string])[]): Automaton {
  const states = 1 + starts.reduce((sum, [, start]) => sum + start.length, 0);
  const next = new Uint16Array(states * symbols);
  const found = new Int32Array(states);
  let last = 0;
  for (const [bit, start] of starts) {
    let state = 0;
    for (let i = 0; i < start.length; i++) {
      const at = state * symbols + (symbolOf[start.charCodeAt(i)] ?? 0);
      state = next[at] ||= ++last;
    }
    found[state] = (found[state] ?? 0) | bit;
  }
  // Breadth first: what a state has no way for, the longest end of it that is a state has.
  const fallback = new Uint16Array(states);
  const queue = [0];
  for (const state of queue)
    for (let symbol = 0; symbol < symbols; symbol++) {
      const at = state * symbols + symbol;
      const to = next[at] ?? 0;
      const other = state === 0 ? 0 : (next[(fallback[state] ?? 0) * symbols + symbol] ?? 0);
      if (to === 0) next[at] = other;
      else {
        fallback[to] = other;
        found[to] = (found[to] ?? 0) | (found[other] ?? 0);
        queue.push(to);
      }
    }
  return { next: next.slice(0, (last + 1) * symbols), found: found.slice(0, last + 1) };
}

/**
 * Most names hold none of the beginnings, so that most patterns need not be tried: trying all of them on all names was a tenth of the
 * time of a page.
 */
const { next, found } = automatonOf(
  patterns.flatMap(([bit, pattern]) => startsOf(pattern.source).map((start) => [bit, start] as const)),
);

/** Tokens that say what an element goes with or lacks (`has-caption`, `no-sidebar`, `label-hidden`), not what it is. */
const aside =
  /(?:^| )(?:has|have|with|without|contains|no|non|not|label|overflow|field--?label)-[\w-]+|accredit[\w-]*/g;
/** WordPress writes the article's own tags, categories and state into the class of its element. */
const filed = /(?:^| )(?:tag|category|format|type|status|has|post|author|series|topic)-[\w-]+/g;
const article = /\b(?:hentry|status-publish|type-post|type-article)\b/;

/** Bits for one attribute text. */
export function signalsOf(names: string): number {
  // camelCase to kebab-case, so that word edges are visible; numbers say nothing
  let text = names.length > 300 ? names.slice(0, 300) : names;
  if (/[^a-z0-9 _-]/.test(text)) text = text.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  if (/\d\d/.test(text)) text = text.replace(/\d{2,}/g, '0');
  const possible = possibleIn(text);
  if (possible === 0) return 0;
  if (text.length > 6) {
    text = text.replace(aside, ' ');
    if (article.test(text)) text = text.replace(filed, ' ');
  }
  let bits = 0;
  for (const [bit, pattern] of patterns) if (possible & bit && pattern.test(text)) bits |= bit;
  return bits;
}

/** The signals whose beginnings stand in a text. */
function possibleIn(text: string): number {
  let possible = 0;
  let state = 0;
  for (let i = 0; i < text.length; i++) {
    state = next[state * symbols + (symbolOf[text.charCodeAt(i)] ?? 0)] as number;
    possible |= found[state] as number;
  }
  return possible;
}
