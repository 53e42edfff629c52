import { alsoHtml, itemFields, itemNames } from './vocabulary.ts';

/** Of a headline, a name, an address, a date; only texts of articles are longer. */
const maxShortText = 10_000;

/** An element of a feed that is being read. */
export class Field {
  readonly name: string;
  /** As they stand in a tag. */
  readonly attributes: string;
  /** Holds markup of its own, so that its source is its text. */
  mixed = false;
  readonly #bodyStart: number;
  readonly #text: string[] = [];

  constructor(name: string, attributes: string, bodyStart: number) {
    this.name = name;
    this.attributes = attributes;
    this.#bodyStart = bodyStart;
  }

  add(text: string): void {
    if (!this.mixed) this.#text.push(text);
  }

  /** Its text, when it ends at `end` of the source. */
  content(source: string, end: number): string {
    const text = this.mixed
      ? inlineSource(source.slice(this.#bodyStart, Math.max(this.#bodyStart, end)))
      : this.#text.join('');
    // A section that was escaped as if it were text.
    const plain = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(text)?.[1] ?? text;
    return this.#isProse ? plain : plain.slice(0, maxShortText).toWellFormed();
  }

  /**
   * Whether an element that opens inside shows that the field's end tag is missing: it is itself a field or an item, and
   * not a name that HTML in the field's text could bear. XHTML of Atom always has its end tag (it was made by an XML
   * tool), and may hold anything.
   */
  isEndedBy(name: string): boolean {
    if (/ type="(?:xhtml|[^"]*xml)"/.test(this.attributes)) return false;
    if (itemNames.has(name)) return true;
    if (name.startsWith('xhtml-') || !Object.hasOwn(itemFields, name)) return false;
    if (!this.#isProse) return true;
    return !alsoHtml.has(name.slice(name.indexOf('-') + 1));
  }

  get isAddress(): boolean {
    return /-(?:link|guid|id|origlink|pubdate|date|published|updated)$/.test(this.name);
  }

  get #isProse(): boolean {
    return /-(?:description|summary|content|encoded|body|div)$/.test(this.name);
  }
}

/** The markup in a field as HTML text: CDATA sections become text and prefixed names lose their prefix. */
const inlineSource = (source: string): string =>
  source
    .replace(/<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)/g, (_, text: string) => text)
    .replace(/<(\/?)[a-z][\w.-]*:(?=[a-z])/gi, '<$1');
