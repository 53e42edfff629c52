/**
 * Query parameters that say how a reader came to a page, or how the page is to be shown, and never which article it is.
 * Collected from the public documentation of the analytics, advertising, mail and share services named beside them.
 */

/** Families: every name with one of these beginnings. */
export const trackingPrefixes = [
  'utm_', // Urchin / Google Analytics
  'hsa_', // HubSpot ads
  '_hs', // HubSpot mail
  'mtm_', // Matomo
  'matomo_',
  'pk_', // Piwik
  'piwik_',
  'at_', // AT Internet / Piano
  'ns_', // comScore
  'wt_', // Webtrekk / Mapp
  'wt.', // Webtrends
  'oly_', // Omeda Olytics
  'ga_', // Google Analytics
  'gad_', // Google Ads
  'stm_', // Stackadapt
  'fb_', // Facebook
  'tw_', // X
  'guce_', // Yahoo consent
  'aff_', // affiliate networks
  'amp_', // AMP runtime
  '__twitter_',
  'ia_', // in-app browsers
  'vero_', // Vero mail
  'itm_', // internal campaign tags modelled on utm_
  'trk_',
  'sc_', // Sitecore, Salesforce campaigns
  'cm_mmc', // IBM Coremetrics
  's_cid', // Adobe
  'mkt_', // Marketo
  'spm', // Alibaba
] as const;

/** Single names, lower case. */
export const trackingNames: ReadonlySet<string> = new Set([
  // click ids of advertisers and networks
  ...['fbclid', 'gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'srsltid', 'msclkid', 'yclid', 'ysclid', 'twclid'],
  ...['ttclid', 'li_fat_id', 'igshid', 'igsh', 'epik', 'sccid', 'scclid', 'rdt_cid', 'irclickid', 'vgo_ee', 'zanpid'],
  ...['_openstat', 'yadclid', 'wickedid', 'ef_id', 's_kwcid', 'adgroupid', 'kenshoo', 'rb_clickid', 'cjevent', 'tblci'],
  ...['obclid', 'dicbo', 'oborigurl', '_branch_match_id', '_branch_referrer', 'mibextid', '_gl', '_ga'],
  // mail services
  ...[
    'mc_cid',
    'mc_eid',
    'mkt_tok',
    'ck_subscriber_id',
    'sfmc_sub',
    'sfmc_id',
    'elqtrackid',
    'elqtrack',
    'elqcampaignid',
  ],
  ...[
    'bsft_eid',
    'bsft_clkid',
    'bsft_uid',
    'bsft_mid',
    'nlid',
    'newsletter_id',
    'email_subject',
    'emci',
    'emdi',
    'ceid',
  ],
  ...['emc', 'eml', 'dm_i', 'et_rid', 'et_cid', '_bta_tid', '_bta_c', 'trk', 'trkcampaign', 'inid'],
  // newsrooms and portals
  ...[
    'smid',
    'smtyp',
    'ocid',
    'cvid',
    'ito',
    'xtor',
    'xtref',
    'xts',
    'mbid',
    'maca',
    'ncid',
    'icid',
    'intcid',
    'intcmp',
  ],
  ...['int_source', 'int_medium', 'int_campaign', 'cmp', 'cmpid', 'cmpn', 'campaign_id', 'campaignid'],
  ...['sref', 'taid', 'soc_src', 'soc_trk', 'traffic_source', 'sharetype', 'share_id', 'shareid', 'sharebtn'],
  ...['social', 'socialshare', 'wprss', 'fromrss', 'rssfeed', 'feedtype', 'feedname'],
  ...['ref_src', 'ref_url', 'refsrc', 'referer', 'referrer', 'reflink', 'guccounter'],
  ...['returnurl', 'return_to', 'redirectedfrom', 'back_url', 'usqp', 'gaa_at', 'gaa_n', 'gaa_ts', 'gaa_sig'],
  ...['cb', 'cachebuster', 'nocache', '_t', '_ts', 'ncache', 'leadsource', 'recommendedby', 'recirc'],
  ...['rnd', 'hl_src', 'tpcc', 'ved', 'usg', 'oref', 'ft_orig'],
  // a place on the page, not another page
  ...['replytocom', 'showcomments', 'showcomment', 'commentpage', 'autoplay'],
  // how the same page is to be shown
  ...[
    'amp',
    'noamp',
    'nonamp',
    'outputtype',
    'print',
    'printable',
    'printversion',
    'printview',
    'mobile',
    'singlepage',
  ],
  ...['pagewanted', 'fullview', 'fontsize', 'darkmode', 'isamp', 'isapp', 'webview', 'nomobile'],
]);

/** Names that hold a session, not an article. */
export const sessionNames: ReadonlySet<string> = new Set([
  ...['jsessionid', 'phpsessid', 'aspsessionid', 'asp.net_sessionid', 'sessionid', 'session_id', 'sid', 'sess', 'cfid'],
  ...['cftoken', 'zenid', 'oscsid', 'osid', 'sessid', 'psid', 's_id'],
]);

/**
 * Names that are a campaign's at one site and the article's own number at the next. They are dropped only where the path alone
 * already names an article.
 */
export const doubtfulNames: ReadonlySet<string> = new Set([
  ...[
    'source',
    'src',
    'from',
    'cid',
    'origin',
    'channel',
    'medium',
    'content',
    'sr_share',
    'section',
    'sectionid',
    'tag',
  ],
  ...[
    'ref',
    'refid',
    'rel',
    'mod',
    'nl',
    'sh',
    'feature',
    'rss',
    'partner',
    'partnerid',
    'campaign',
    'share',
    'shared',
  ],
  ...[
    'via',
    'seg',
    'sourceid',
    'sa',
    'variant_id',
    'comments',
    'commentid',
    'gallery',
    'slide',
    'theme',
    'device',
    'app',
  ],
  ...['position', 'pos', 'tab', 'hp', 'home', 'template', 'link', 'in', 'utm', 'platform', 'type', 'lnk', 'did', 'kw'],
]);

/** Parameters that show the same page in another dress, with the values that do so (lower case). */
export const dressValues: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    output: new Set(['amp', 'print', 'mobile']),
    format: new Set(['amp', 'print', 'mobile', 'html']),
    view: new Set(['print', 'mobile', 'amp', 'full', 'desktop']),
    mode: new Set(['print', 'mobile', 'amp']),
    layout: new Set(['amp', 'print']),
    type: new Set(['amp', 'print']),
    tmpl: new Set(['component']),
    action: new Set(['print']),
    do: new Set(['print']),
    m: new Set(['1', '0']),
    page: new Set(['1', 'all', 'full']),
  }),
);

/** Values by which a doubtful name says how a reader came, on any page: `?id=12&ref=rss`. */
export const wayWords: ReadonlySet<string> = new Set(
  'rss feed atom home homepage front frontpage email mail newsletter push app mobile web twitter facebook fb whatsapp telegram google social share search'.split(
    ' ',
  ),
);
