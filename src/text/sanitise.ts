import sanitizeHtml from 'sanitize-html';

/** Elements that articles are made of, and their attributes: what we store, show and publish. Readers show them, the W3C feed validator accepts them. */
const kept: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    'b blockquote br caption cite code dd del dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i ins li mark pre q s small strong sub sup table tbody tfoot thead tr u ul'
      .split(' ')
      .map((name) => [name, []]),
  ),
  a: ['href', 'title'],
  abbr: ['title'],
  bdi: ['dir'],
  bdo: ['dir'],
  div: ['dir'],
  img: ['src', 'alt', 'title', 'width', 'height'],
  ol: ['start'],
  p: ['dir'],
  span: ['dir'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  time: ['datetime'],
};

/** Elements that go with all that is in them; of others that are not kept only the tags go. */
const removed =
  'script style iframe object embed applet svg math form input button select option textarea noscript template video audio canvas head title link meta frame frameset noframes map'.split(
    ' ',
  );

const allowedAttributes = Object.fromEntries(Object.entries(kept).map(([name, attributes]) => [name, [...attributes]]));
const numeric = new Set(['width', 'height', 'start', 'colspan', 'rowspan']);
/** Deeper elements are left out; real articles stay below twenty. */
const maxDepth = 100;

/**
 * HTML of strangers → HTML with harmless elements and attributes only, every tag closed, no relative address.
 *
 * @param address what an `href` or `src` becomes; a link or picture whose address becomes undefined loses its tag
 */
export function sanitise(html: string, address: (raw: string) => string | undefined): string {
  let openLinks = 0;
  return sanitizeHtml(html, {
    onOpenTag(name) {
      if (name === 'a') openLinks++;
    },
    onCloseTag(name) {
      if (name === 'a') openLinks--;
    },
    allowedTags: Object.keys(kept),
    allowedAttributes,
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    nonTextTags: removed,
    nestingLimit: maxDepth,
    parseStyleAttributes: false,
    transformTags: {
      // A link within a link would end the outer one, wherever it is read.
      '*': (tagName, attributes) =>
        tagName === 'a' && openLinks > 1
          ? { tagName: 'span', attribs: {} }
          : { tagName, attribs: soundAttributes(attributes, address) },
    },
    exclusiveFilter: ({ tag, attribs }) =>
      tag === 'a' && attribs.href === undefined ? 'excludeTag' : tag === 'img' && attribs.src === undefined,
  });
}

function soundAttributes(
  attributes: Readonly<Record<string, string>>,
  address: (raw: string) => string | undefined,
): Record<string, string> {
  const sound: Record<string, string> = {};
  for (const [name, raw] of Object.entries(attributes)) {
    const value = name === 'href' || name === 'src' ? address(raw) : raw;
    if (value === undefined || (numeric.has(name) && !/^\d{1,5}$/.test(value))) continue;
    if (name === 'dir' && !/^(?:ltr|rtl|auto)$/.test(value)) continue;
    sound[name] = value;
  }
  return sound;
}
