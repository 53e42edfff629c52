import { escapeMarkup } from '../../../src/text/escape.ts';

/** Well-formed RSS 2.0 with canonical names, as rss-parser is given it. */
export interface NormalForm {
  readonly xml: string;
  /** Canonical names that occur in it (`rss-title`, `atom-link`) → their tags: short ones, since sax tests each character of a tag. */
  readonly tags: ReadonlyMap<string, string>;
}

/** Elements of one item, or of the feed itself. */
const maxFields = 500;
/** sax, below rss-parser, refuses longer attribute values. */
export const maxAttributeLength = 8_000;

/** Collects the elements of a feed and its items, and writes them out as one channel. */
export class NormalFormWriter {
  readonly #channel: string[] = [];
  readonly #items: string[][] = [];
  readonly #tags = new Map<string, string>();
  /** Where elements go: to the open item, else to the channel. */
  #fields: string[] = this.#channel;

  /** Items begun so far. */
  get items(): number {
    return this.#items.length;
  }

  beginItem(): void {
    this.#fields = [];
    this.#items.push(this.#fields);
  }

  endItem(): void {
    this.#fields = this.#channel;
  }

  /** @param attributes as they stand in a tag, escaped, with a blank before each */
  write(name: string, attributes: string, text: string): void {
    if (this.#fields.length >= maxFields) return;
    const tag = this.#tags.get(name) ?? `f${this.#tags.size.toString(36)}`;
    this.#tags.set(name, tag);
    this.#fields.push(`<${tag}${attributes}>${escapeText(text)}</${tag}>`);
  }

  end(): NormalForm {
    const body = this.#items.map((fields) => `<item>${fields.join('')}</item>`).join('');
    return { xml: `<rss version="2.0"><channel>${this.#channel.join('')}${body}</channel></rss>`, tags: this.#tags };
  }
}

/** One attribute for `write`; nothing where the value is missing or too long. */
export const attribute = (name: string, value: string | undefined, longest = maxAttributeLength): string =>
  value === undefined || value.length >= longest ? '' : ` ${name}="${escapeMarkup(value)}"`;

/** CDATA, because sax reads it several times faster than references. */
const escapeText = (text: string): string =>
  /[&<]/.test(text) ? `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : text.replaceAll(']]>', ']]&gt;');
