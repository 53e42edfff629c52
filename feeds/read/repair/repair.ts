import { Parser } from 'htmlparser2';
import { Enough } from '../enough.ts';
import { Field } from './field.ts';
import { attribute, type NormalForm, NormalFormWriter } from './normal-form.ts';
import { notAFeed } from './not-a-feed.ts';
import { type Prepared, prepare } from './prepare.ts';
import { type Attributes, outermost, type Scope, scopeAttributes, scopeWithin, vocabularyOf } from './scope.ts';
import { attributeOnly, feedFields, isKnown, itemFields, itemNames, wrapperNames } from './vocabulary.ts';

export interface RepairLimits {
  readonly maxItems: number;
  readonly maxDepth: number;
}

export interface Repaired extends NormalForm {
  readonly format: 'rss' | 'rdf' | 'atom';
  /** Why something at the end was left out, when it was. */
  readonly cut?: string | undefined;
}

/**
 * Any dialect of RSS, RDF and Atom, well formed or not → one well-formed normal form that rss-parser reads without loss.
 *
 * The tolerant tokenizer of htmlparser2 reads the document; each element is named by its namespace; what is known
 * is written out again, with HTML entities decoded, inner markup turned into text, missing end tags supplied, and items
 * wherever they stand moved into one channel. One pass, linear in time.
 *
 * @throws FeedError when there is no feed in the document
 */
export function repairFeed(source: string, limits: RepairLimits): Repaired {
  return new Repair(prepare(source), limits).run();
}

/** An item that is open; each has one of its own, so that an end tag can tell whether it is its item that ends. */
type Item = object;

interface Frame {
  /** What stands in it is left out. */
  readonly skip: boolean;
  /** The item or field that this element's end ends, unless something else ended it before. */
  readonly owner: Item | Field | undefined;
  readonly scope: Scope;
}

/** Elements before the one that makes the document a feed. */
const maxPreamble = 1_000;

class Repair {
  readonly #text: string;
  readonly #decode: (raw: string) => string;
  readonly #limits: RepairLimits;
  readonly #form = new NormalFormWriter();
  readonly #frames: Frame[] = [];
  readonly #parser: Parser;
  #format: Repaired['format'] | undefined;
  #item: Item | undefined;
  #field: Field | undefined;
  #inCdata = false;
  /** All has been read; what is still open was cut off. */
  #ended = false;
  #cut: string | undefined;
  #preamble = 0;

  constructor({ text, decode }: Prepared, limits: RepairLimits) {
    this.#text = text;
    this.#decode = decode;
    this.#limits = limits;
    this.#parser = new Parser(
      {
        onopentag: (tag, attributes) => this.#open(tag, attributes),
        onclosetag: () => this.#close(),
        // Where generators wrap a text twice, the inner section's marks are no text.
        ontext: (data) =>
          this.#field?.add(this.#inCdata ? data.replaceAll('<![CDATA[', '') : decode(data.replaceAll(']]>', ''))),
        oncdatastart: () => {
          this.#inCdata = true;
        },
        oncdataend: () => {
          this.#inCdata = false;
        },
      },
      { xmlMode: true, decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
    );
  }

  run(): Repaired {
    try {
      this.#parser.write(this.#text);
      this.#ended = true;
      if (this.#frames.length > 0) this.#cut = 'the document ends in the middle';
      this.#parser.end();
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
    }
    if (!this.#format) throw notAFeed(this.#text);
    return { format: this.#format, ...this.#form.end(), cut: this.#cut };
  }

  #open(tag: string, attributes: Attributes): void {
    // A feed of unclosed items nests as deep as it has items.
    if (this.#frames.length >= this.#limits.maxDepth + this.#form.items) {
      this.#cut = `elements are nested more than ${this.#limits.maxDepth} deep`;
      throw new Enough();
    }
    this.#frames.push(this.#enter(tag, attributes));
  }

  /** Takes in a start tag and says what its end tag will mean. */
  #enter(tag: string, attributes: Attributes): Frame {
    const outer = this.#frames.at(-1);
    const scope = scopeWithin(tag, attributes, outer?.scope ?? outermost, this.#decode);
    const name = this.#nameOf(tag, scope);
    if (!this.#format && !this.#begins(name)) return { skip: false, owner: undefined, scope };
    if (this.#field && !this.#field.isEndedBy(name)) {
      this.#field.mixed = true;
      return { skip: false, owner: undefined, scope };
    }
    this.#endField(this.#parser.startIndex);
    if (itemNames.has(name)) return { skip: false, owner: this.#beginItem(attributes, scope), scope };
    if (outer?.skip) return { skip: true, owner: undefined, scope };
    if (wrapperNames.has(name)) return { skip: false, owner: undefined, scope };
    return this.#beginField(name, attributes, scope);
  }

  /** Whether the document has become a feed, by its root or, where that is missing, by an item. @throws FeedError when it is something else */
  #begins(name: string): boolean {
    if (name.endsWith('-html') && !/<(?:feed|rss|rdf:rdf)\s/i.test(this.#text)) throw notAFeed('<html>');
    this.#format = formatOf(name);
    this.#preamble += 1;
    if (this.#preamble > maxPreamble) throw new Enough();
    return itemNames.has(name);
  }

  /** The canonical name: the vocabulary's prefix and the local name. Where the namespace gives none that is known, the name itself is tried. */
  #nameOf(tag: string, scope: Scope): string {
    const colon = tag.indexOf(':');
    const prefix = colon < 0 ? '' : tag.slice(0, colon);
    const local = tag.slice(colon + 1);
    const declared = scope.prefixes.get(prefix);
    if (prefix !== '') {
      // `a10` is what .NET writes for Atom.
      const usual = prefix === 'a10' ? 'atom' : prefix;
      if (
        declared === undefined ||
        (declared !== usual && !isKnown(`${declared}-${local}`) && isKnown(`${usual}-${local}`))
      )
        return `${usual}-${local}`;
      return `${declared}-${local}`;
    }
    const own = vocabularyOf(local);
    if (own !== undefined) return `${own}-${local}`;
    const assumed = this.#format === 'atom' ? 'atom' : 'rss';
    const name = `${declared ?? assumed}-${local}`;
    // What stands deeper in an item keeps the names of its own vocabulary.
    if (isKnown(name) || this.#field || (this.#item && this.#frames.at(-1)?.owner !== this.#item)) return name;
    return [assumed, 'rss', 'atom'].map((one) => `${one}-${local}`).find(isKnown) ?? name;
  }

  #beginItem(attributes: Attributes, scope: Scope): Item {
    this.#endItem();
    this.#form.beginItem();
    this.#item = {};
    const about = Object.entries(attributes).find(([key]) => /(?:^|:)about$/.test(key))?.[1];
    if (about) this.#form.write('rdf-about', scopeAttributes(scope), this.#decode(about));
    return this.#item;
  }

  #beginField(name: string, attributes: Attributes, scope: Scope): Frame {
    const fields = this.#item ? itemFields : feedFields;
    if (!Object.hasOwn(fields, name)) return { skip: true, owner: undefined, scope };
    let kept = scopeAttributes(scope);
    for (const key of fields[name] ?? [])
      if (Object.hasOwn(attributes, key)) kept += attribute(key.replace(':', '-'), this.#decode(attributes[key] ?? ''));
    if (attributeOnly.has(name)) {
      this.#form.write(name, kept, '');
      return { skip: false, owner: undefined, scope };
    }
    this.#field = new Field(name, kept, this.#parser.endIndex + 1);
    return { skip: false, owner: this.#field, scope };
  }

  #close(): void {
    const owner = this.#frames.pop()?.owner;
    if (owner === undefined) return;
    if (owner === this.#field) {
      // Half an address leads nowhere, half a headline still says something.
      if (this.#ended && this.#field.isAddress) this.#field = undefined;
      else this.#endField(this.#parser.startIndex);
    } else if (owner === this.#item) {
      this.#endField(this.#parser.startIndex);
      this.#endItem();
    }
  }

  #endField(end: number): void {
    if (!this.#field) return;
    this.#form.write(this.#field.name, this.#field.attributes, this.#field.content(this.#text, end));
    this.#field = undefined;
  }

  #endItem(): void {
    if (!this.#item) return;
    this.#form.endItem();
    this.#item = undefined;
    if (this.#form.items < this.#limits.maxItems) return;
    this.#cut = `only the first ${this.#limits.maxItems} items were read`;
    throw new Enough();
  }
}

function formatOf(name: string): Repaired['format'] | undefined {
  switch (name) {
    case 'atom-feed':
    case 'atom-entry':
      return 'atom';
    case 'rdf-rdf':
      return 'rdf';
    case 'rss-rss':
    case 'rss-channel':
    case 'rss-item':
      return 'rss';
    case 'rss-opml':
    case 'rss-urlset':
    case 'rss-sitemapindex':
      throw notAFeed(`<${name.slice(name.indexOf('-') + 1)}`);
    default:
      return undefined;
  }
}
