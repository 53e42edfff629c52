import { innerText } from './inner-text.ts';
import { KnownNames } from './known-names.ts';
import { Document, Element, type Parent, Text } from './node.ts';
import { scan } from './scan.ts';
import { isPlaceholder, isSegment, placeStreamed } from './streamed.ts';

/**
 * Limits that keep any input harmless. Real pages of the corpora stay below: depth 60, 30,000 nodes, 1.5 million
 * characters without scripts. What is beyond a limit is left out; nothing throws.
 */
const limits = {
  /** Characters of HTML that are looked at at all. */
  input: 24_000_000,
  /** Characters that are parsed, scripts, styles, drawings and comments not counted. */
  markup: 3_000_000,
  /** Elements nested deeper than this are flattened into their ancestor. */
  depth: 180,
  /** Open elements that are remembered: all of them are looked through for a closing tag. */
  open: 2_000,
  /** Open elements that are forgotten together then. */
  forgotten: 500,
  nodes: 120_000,
  structuredData: 40,
  structuredDataLength: 400_000,
} as const;

/** A parsed page: the tree, and the structured data that stood in its scripts. */
export interface Tree {
  readonly document: Document;
  /** Text of the `application/ld+json` scripts, in order. */
  readonly structuredData: readonly string[];
  /** Markup for readers without scripts, in order: that of some length only. */
  readonly withoutScripts: readonly string[];
  /** Something was left out because a limit was reached. */
  readonly truncated: boolean;
}

/** Elements whose content is never text of an article. */
const skipped = new Set(
  'template iframe object embed canvas audio video map select datalist option textarea frameset frame dialog applet annotation annotation-xml'.split(
    ' ',
  ),
);
const voidElements = new Set(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr'.split(
    ' ',
  ),
);
/** Elements in which a button is a question that opens its answer. */
const asking = new Set('h1 h2 h3 h4 h5 h6 summary dt'.split(' '));
/** Attributes that some rule reads; the others are passed over. */
const readAttributes = new KnownNames(
  [
    'id class href src srcset data-src data-srcset data-original data-lazy-src alt title rel name',
    'property content itemprop itemtype itemscope datetime role style hidden aria-hidden aria-label aria-controls shadowrootmode',
    'lang xml:lang dir type align colspan rowspan width pubdate data-testid data-test data-component',
    'data-date data-time data-datetime data-timestamp data-published data-utc data-epoch',
    'data-module data-type data-qa data-gu-name data-paywall data-access amp-access amp-access-hide start cite http-equiv charset',
  ].flatMap((names) => names.split(' ')),
);

/** Which open elements an opening tag ends, as authors leave closing tags out (HTML Standard, 13.1.2.4, and what pages do besides). */
const paragraph = new Set(['p']);
const fields = new Set('input option optgroup select button datalist textarea'.split(' '));
const sections = new Set(['thead', 'tbody']);
const definitions = new Set(['dd', 'dt']);
const ruby = new Set(['rt', 'rp']);
const headings = new Set('h1 h2 h3 h4 h5 h6 p'.split(' '));
const endsOpen: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['tr', new Set(['tr', 'th', 'td'])],
  ['th', new Set(['th'])],
  ['td', new Set(['thead', 'th', 'td'])],
  ['body', new Set(['head', 'link', 'script'])],
  ['a', new Set(['a'])],
  ['li', new Set(['li'])],
  ['option', new Set(['option'])],
  ['optgroup', new Set(['optgroup', 'option'])],
  ...'h1 h2 h3 h4 h5 h6'.split(' ').map((name) => [name, headings] as const),
  ...'select input output button datalist textarea'.split(' ').map((name) => [name, fields] as const),
  ...'dd dt'.split(' ').map((name) => [name, definitions] as const),
  ...'rt rp'.split(' ').map((name) => [name, ruby] as const),
  ...'tbody tfoot'.split(' ').map((name) => [name, sections] as const),
  ...'p address article aside blockquote details div dl fieldset figcaption figure footer form header hr main nav ol pre section table ul'
    .split(' ')
    .map((name) => [name, paragraph] as const),
]);

/** Parses a page once, within limits; never throws. Linear in the input. */
export function parseTree(html: string): Tree {
  const source = html.length > limits.input ? html.slice(0, limits.input) : html;
  const builder = new Builder();
  const whole = scan(source, builder, limits.markup);
  if (builder.streamed) placeStreamed(builder.document);
  return {
    document: builder.document,
    structuredData: builder.structuredData,
    withoutScripts: builder.withoutScripts,
    truncated: !whole || builder.truncated || source.length < html.length,
  };
}

/** Builds the tree from what is scanned, closes what authors leave open, and flattens what is nested too deeply. */
class Builder {
  readonly document = new Document();
  readonly structuredData: string[] = [];
  readonly withoutScripts: string[] = [];
  truncated = false;
  /** Some of the page stands below the place where it is shown. */
  streamed = false;
  /** A limit was reached: nothing more is taken. */
  full = false;
  readonly attributes = readAttributes;
  /** Inside an element whose content is never text. */
  skipping = false;
  /** Open drawings and formulas. */
  #foreign = 0;
  #parent: Parent = this.document;
  #depth = 0;
  /** Elements that stand beside what they were nested in. */
  readonly #flat = new Map<Element, Parent>();
  /** Open elements, outermost first: their names, and the elements, where they were built. */
  readonly #names: string[] = [];
  readonly #built: (Element | undefined)[] = [];
  /** How many elements of a name are open: most closing tags that close nothing need not be looked for. */
  readonly #open = new Map<string, number>();
  /** Number of open elements when skipping began. */
  #skippedAt = 0;
  #nodes = 0;
  /** The text that more text is added to. */
  #text: Text | undefined;

  open(name: string, attributes: Record<string, string>, closed: boolean): void {
    const names = this.#names;
    // A form inside a form is none.
    if (name === 'form' && this.#isOpen('form')) return;
    const ends = endsOpen.get(name);
    if (ends) while (names.length > 0 && ends.has(names[names.length - 1] as string)) this.#pop();
    if (names.length > limits.open) this.#forget();
    const isVoid = voidElements.has(name);
    let element: Element | undefined;
    if (!this.skipping) {
      if (skipped.has(name) && !(name === 'template' && isShown(attributes))) {
        if (!isVoid) {
          this.skipping = true;
          this.#skippedAt = names.length;
        }
      } else {
        element = new Element(name, attributes);
        if (isSegment(attributes)) this.streamed = true;
        if (this.#depth >= limits.depth && !isVoid) this.#flatten(element);
        this.#append(element);
        this.#text = undefined;
      }
    }
    if (isVoid) return;
    names.push(name);
    this.#built.push(element);
    this.#count(name, 1);
    if (element) {
      this.#parent = element;
      this.#depth++;
    }
    if (name === 'svg' || name === 'math') this.#foreign++;
    if (closed && this.#foreign > 0) this.#pop();
  }

  close(name: string): void {
    if (voidElements.has(name)) {
      if (name === 'br') this.open(name, {}, false);
      return;
    }
    if (this.#isOpen(name)) {
      const at = this.#names.lastIndexOf(name);
      while (this.#names.length > at) this.#pop();
    } else if (name === 'p') {
      this.open(name, {}, false);
      this.#pop();
    }
  }

  get foreign(): boolean {
    return this.#foreign > 0;
  }

  text(data: string): void {
    if (this.skipping || data === '') return;
    if (this.#text) this.#text.data += data;
    else {
      const text = new Text(data);
      this.#append(text);
      this.#text = text;
    }
  }

  data(text: string): void {
    if (this.structuredData.length < limits.structuredData && text.length < limits.structuredDataLength)
      this.structuredData.push(text);
  }

  markup(html: string): void {
    if (this.withoutScripts.length < limits.structuredData) this.withoutScripts.push(html);
  }

  #pop(): void {
    const name = this.#names.pop();
    if (name !== undefined) this.#count(name, -1);
    if (name === 'svg' || name === 'math') this.#foreign--;
    const element = this.#built.pop();
    if (this.skipping && this.#names.length === this.#skippedAt) this.skipping = false;
    if (!element) return;
    if (name === 'button' && !this.#names.some((outer) => asking.has(outer)) && !asks(element)) element.children = [];
    this.#text = undefined;
    const inner = this.#flat.get(element);
    this.#parent = inner ?? element.parent ?? this.document;
    if (!inner) this.#depth--;
  }

  #count(name: string, by: number): void {
    this.#open.set(name, (this.#open.get(name) ?? 0) + by);
  }

  #isOpen(name: string): boolean {
    return (this.#open.get(name) ?? 0) > 0;
  }

  #append(node: Element | Text): void {
    if (++this.#nodes > limits.nodes) {
      this.#end();
      return;
    }
    node.parent = this.#parent;
    this.#parent.children.push(node);
  }

  /** What is nested deeper than the limit stands beside its parent, as browsers do it: no text is lost. */
  #flatten(element: Element): void {
    this.truncated = true;
    const { parent } = this.#parent;
    if (!parent) return;
    this.#flat.set(element, this.#parent);
    this.#parent = parent;
    this.#depth--;
  }

  /**
   * So many open elements are no page that somebody wrote. The outermost that are nested too deeply are forgotten, so that the innermost close
   * as they should: they stand beside their parents already, and all text has its place. Many at once, for each time moves all that stay.
   */
  #forget(): void {
    this.truncated = true;
    const names = this.#names.splice(limits.depth, limits.forgotten);
    this.#built.splice(limits.depth, limits.forgotten);
    for (const name of names) {
      this.#count(name, -1);
      if (name === 'svg' || name === 'math') this.#foreign--;
    }
    if (this.skipping) this.#skippedAt -= Math.min(names.length, Math.max(0, this.#skippedAt - limits.depth));
  }

  #end(): void {
    this.full = true;
    this.truncated = true;
  }
}

/** A declarative shadow root is shown, and so is a placeholder that streamed content takes. */
const isShown = (attributes: Record<string, string>): boolean =>
  attributes.shadowrootmode !== undefined || isPlaceholder(attributes.id);

/** Does a button ask what the text below it answers? Any other is a tool of the page. */
function asks(button: Element): boolean {
  const text = innerText(button.children).trim();
  return text.length > 8 && /[?？؟]$/.test(text);
}
