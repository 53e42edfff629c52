import { Document, Element, Text } from 'domhandler';
import { Parser } from 'htmlparser2';

/**
 * Limits that keep any input harmless. Real pages of the corpora stay below: depth 60, 30,000 nodes, 1.5 million
 * characters without scripts. What is beyond a limit is left out; nothing throws.
 */
const limits = {
  /** Characters of HTML that are looked at at all. */
  input: 24_000_000,
  /** Characters that reach the parser once scripts, styles and drawings are cut out. */
  markup: 3_000_000,
  /** Elements nested deeper than this are flattened into their ancestor. */
  depth: 180,
  /** Open elements at which parsing ends: the parser looks through all of them for each closing tag. */
  open: 600,
  nodes: 120_000,
  attributes: 40,
  attributeLength: 4_000,
  structuredData: 40,
  structuredDataLength: 400_000,
} as const;

/** A parsed page: the tree, and the structured data that was cut out before parsing. */
export interface Tree {
  readonly document: Document;
  /** Text of the `application/ld+json` scripts, in order. */
  readonly structuredData: readonly string[];
  /** Something was left out because a limit was reached. */
  readonly truncated: boolean;
}

/** Elements whose content is never text of an article. */
const skipped = new Set(
  'template iframe object embed canvas audio video map select datalist option textarea button input frameset frame dialog applet math'.split(
    ' ',
  ),
);
const voidElements = new Set(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr'.split(
    ' ',
  ),
);
/** Attributes that some rule reads; the others are dropped while parsing. */
const readAttributes = new Set(
  'id class href src srcset data-src data-srcset data-original data-lazy-src alt title rel name property content itemprop itemtype itemscope datetime role style hidden aria-hidden aria-label lang xml:lang dir type colspan rowspan width pubdate data-testid data-test data-component data-module data-type data-qa data-gu-name start cite http-equiv charset'.split(
    ' ',
  ),
);

/** Parses a page once, within limits; never throws. Linear in the input. */
export function parseTree(html: string): Tree {
  const { markup, structuredData, truncated } = cutOut(html);
  const builder = new Builder();
  const parser = new Parser(builder, { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true });
  builder.stop = () => parser.pause();
  parser.write(markup);
  if (!builder.full) parser.end();
  return { document: builder.document, structuredData, truncated: truncated || builder.truncated };
}

/** Cuts scripts, styles, drawings and comments out of the text before it is parsed: half of the cost of a page is in them. */
function cutOut(html: string): { markup: string; structuredData: string[]; truncated: boolean } {
  const source = html.length > limits.input ? html.slice(0, limits.input) : html;
  const structuredData: string[] = [];
  const opening = /<(script|style|svg|noscript|!--)/gi;
  const closed: Record<string, RegExp> = {
    script: /<\/script[^>]{0,200}>/gi,
    style: /<\/style[^>]{0,200}>/gi,
    svg: /<\/svg[^>]{0,200}>/gi,
    noscript: /<\/noscript[^>]{0,200}>/gi,
    '!--': /-->/g,
  };
  /** Kinds that are known to have no closing tag in what follows: without this the scan would be quadratic. */
  const unclosed = new Set<string>();
  const kept: string[] = [];
  let length = 0;
  let from = 0;
  let truncated = source.length < html.length;
  for (let match = opening.exec(source); match; match = opening.exec(source)) {
    const kind = (match[1] ?? '').toLowerCase();
    const closing = closed[kind];
    if (!closing || unclosed.has(kind)) continue;
    closing.lastIndex = opening.lastIndex;
    const end = closing.exec(source);
    if (!end) {
      unclosed.add(kind);
      if (kind !== 'script' && kind !== 'style') continue;
      kept.push(source.slice(from, match.index));
      from = source.length;
      break;
    }
    if (kind === 'script' && structuredData.length < limits.structuredData) {
      const tagEnd = source.indexOf('>', match.index);
      const tag = source.slice(match.index, Math.min(tagEnd, match.index + 600));
      if (tagEnd > 0 && /ld\+json/i.test(tag) && end.index - tagEnd < limits.structuredDataLength)
        structuredData.push(source.slice(tagEnd + 1, end.index));
    }
    kept.push(source.slice(from, match.index), ' ');
    length += match.index - from;
    from = closing.lastIndex;
    opening.lastIndex = from;
    if (length > limits.markup) break;
  }
  if (length <= limits.markup) kept.push(source.slice(from));
  let markup = kept.join('');
  if (markup.length > limits.markup) {
    markup = markup.slice(0, limits.markup);
    truncated = true;
  }
  return { markup, structuredData, truncated };
}

/** Builds the tree from the parser's events and flattens what is nested too deeply. */
class Builder {
  readonly document = new Document([]);
  truncated = false;
  full = false;
  stop: () => void = () => {};
  #parent: Document | Element = this.document;
  #depth = 0;
  /** Names of open elements that were not built: too deep, or inside a skipped element. */
  #ignored = 0;
  #skippedDepth = 0;
  #nodes = 0;
  #attributes: Record<string, string> = {};
  #attributeCount = 0;

  onopentagname(): void {
    this.#attributes = {};
    this.#attributeCount = 0;
  }

  onattribute(name: string, value: string): void {
    if (this.#attributeCount >= limits.attributes || !readAttributes.has(name)) return;
    if (name in this.#attributes) return;
    this.#attributeCount++;
    this.#attributes[name] = value.length > limits.attributeLength ? value.slice(0, limits.attributeLength) : value;
  }

  onopentag(name: string): void {
    if (this.full) return;
    if (this.#depth + this.#ignored + this.#skippedDepth > limits.open) this.#end();
    if (this.#skippedDepth > 0) {
      if (!voidElements.has(name)) this.#skippedDepth++;
      return;
    }
    if (skipped.has(name)) {
      if (!voidElements.has(name)) this.#skippedDepth = 1;
      return;
    }
    if (this.#depth >= limits.depth) {
      this.truncated = true;
      if (!voidElements.has(name)) this.#ignored++;
      return;
    }
    const element = new Element(name, this.#attributes);
    this.#append(element);
    if (!voidElements.has(name)) {
      this.#parent = element;
      this.#depth++;
    }
  }

  ontext(data: string): void {
    if (this.full || this.#skippedDepth > 0) return;
    const last = this.#parent.children.at(-1);
    if (last instanceof Text) last.data += data;
    else this.#append(new Text(data));
  }

  onclosetag(name: string): void {
    if (this.full || voidElements.has(name)) return;
    if (this.#skippedDepth > 0) this.#skippedDepth--;
    else if (this.#ignored > 0) this.#ignored--;
    else if (this.#parent instanceof Element) {
      this.#parent = (this.#parent.parent as Document | Element | null) ?? this.document;
      this.#depth--;
    }
  }

  #append(node: Element | Text): void {
    if (++this.#nodes > limits.nodes) {
      this.#end();
      return;
    }
    const siblings = this.#parent.children;
    const last = siblings.at(-1);
    node.parent = this.#parent;
    if (last) {
      last.next = node;
      node.prev = last;
    }
    siblings.push(node);
  }

  #end(): void {
    this.full = true;
    this.truncated = true;
    this.stop();
  }
}
