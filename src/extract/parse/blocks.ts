import { countWords, isSpace } from '../../text/words.ts';
import { type Block, type BlockKind, type Box, Mark, type Picture, type Piece } from './block.ts';
import type { ClassNames } from './class-names.ts';
import { innerText } from './inner-text.ts';
import { Document, Element, type Node, Text } from './node.ts';
import { Signal, signalsOf } from './signals.ts';

/** The page as lines, in reading order, with the boxes that hold them. */
export interface Blocks {
  readonly blocks: readonly Block[];
  readonly boxes: readonly Box[];
  readonly pictures: readonly Picture[];
}

const inlineNames = new Set(
  [
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt rtc ruby s samp small',
    'span strike strong sub sup time tt u var wbr',
    // formulas
    'math mi mn mo ms mtext mrow msup msub msubsup mfrac msqrt mroot mstyle munder mover munderover mtable mtr mtd semantics',
  ].flatMap((names) => names.split(' ')),
);
const ignoredNames = new Set('head script style title meta link base noscript svg rp rt'.split(' '));
const regions = new Set('header footer nav aside form details menu address'.split(' '));
const markOf: ReadonlyMap<string, number> = new Map([
  ['b', Mark.strong],
  ['strong', Mark.strong],
  ['em', Mark.emphasis],
  ['i', Mark.emphasis],
  ['cite', Mark.emphasis],
  ['code', Mark.code],
  ['kbd', Mark.code],
  ['samp', Mark.code],
  ['tt', Mark.code],
  ['sub', Mark.sub],
  ['sup', Mark.sup],
  ['s', Mark.strike],
  ['strike', Mark.strike],
  ['del', Mark.strike],
]);

/** Marks of words that stand out. */
const emphasised = Mark.strong | Mark.emphasis;

/** One capital letter, be it behind a quotation mark. */
const isInitial = /^["“„«‘']?\p{Lu}$/u;

/** Lines that are read of one page; the longest real page of the corpora has 3,000. */
const mostBlocks = 10_000;

/** What the walk carries down; copied only where something changes. */
interface Context {
  readonly box: Box;
  readonly marks: number;
  readonly href: string | undefined;
  readonly inline: number;
  /** Inside of something that is not shown, in a line that is. */
  readonly unseen: boolean;
  readonly kind: BlockKind;
  readonly level: number;
  readonly inList: boolean;
  readonly orderedList: boolean;
  readonly inQuote: boolean;
  readonly inTable: boolean;
  readonly inFigure: boolean;
  readonly centred: boolean;
  readonly region: string;
}

/** Reads the tree once, top to bottom, into blocks. `without` names elements that the operator wants gone, `ignored` signals that say nothing. */
export function readBlocks(document: Document, without?: ReadonlySet<Element>, ignored = 0): Blocks {
  const reader = new Reader(without, ignored);
  const root = new Element('html', {});
  const box = reader.open(root, undefined);
  reader.walk(document.children, {
    box,
    marks: 0,
    href: undefined,
    inline: 0,
    unseen: false,
    kind: 'line',
    level: 0,
    inList: false,
    orderedList: false,
    inQuote: false,
    inTable: false,
    inFigure: false,
    centred: false,
    region: '',
  });
  reader.flush(false);
  reader.close(box);
  return { blocks: reader.blocks, boxes: reader.boxes, pictures: reader.pictures };
}

class Reader {
  readonly blocks: Block[] = [];
  readonly boxes: Box[] = [];
  readonly pictures: Picture[] = [];
  readonly #without: ReadonlySet<Element> | undefined;
  /** Signals that are listened to, as bits. */
  readonly #heard: number;
  readonly #signatures = new Map<string, number>();
  /** Signatures of the elements that carry the names of a class, by name of the element. */
  readonly #signaturesOf = new Map<ClassNames, Map<string, number>>();
  readonly #templates = new Map<number, number>();
  /** Ids of what a heading opens when it is clicked. */
  readonly #opened = new Set<string>();
  #pieces: (Piece & { readonly unseen: boolean })[] = [];
  #context: Context | undefined;
  #inline = 0;
  #afterBreak = false;
  /** Was there a picture since the last line began? */
  #afterPicture = false;

  constructor(without: ReadonlySet<Element> | undefined, ignored: number) {
    this.#without = without;
    this.#heard = ~ignored;
  }

  open(element: Element, parent: Box | undefined): Box {
    const own = parent ? this.#signals(element) & this.#heard : 0;
    const signature = this.#signature(element);
    const pair = (parent ? parent.signature + 1 : 0) * mostSignatures + signature;
    const box: Box = {
      element,
      parent,
      name: element.name,
      depth: parent ? parent.depth + 1 : 0,
      own,
      above: element.name === 'body' || !parent ? 0 : parent.above | own,
      signature,
      template: numberOf(pair, this.#templates),
      first: this.blocks.length,
      end: this.blocks.length,
      words: 0,
      linkWords: 0,
      paragraphWords: 0,
      fields: 0,
    };
    this.boxes.push(box);
    return box;
  }

  close(box: Box): void {
    box.end = this.blocks.length;
    if (!box.parent) return;
    box.parent.words += box.words;
    box.parent.linkWords += box.linkWords;
    box.parent.paragraphWords += box.paragraphWords;
    box.parent.fields += box.fields;
  }

  walk(nodes: readonly Node[], context: Context): void {
    for (const node of nodes) {
      if (node.type === 'text') this.#text(node.data, context);
      else this.#element(node, context);
    }
  }

  #element(element: Element, context: Context): void {
    const name = element.name;
    if (ignoredNames.has(name) || this.#without?.has(element)) return;
    if (name === 'br') {
      this.flush(true);
      return;
    }
    if (name === 'input') {
      if (element.attribs.type !== 'hidden') context.box.fields++;
      return;
    }
    if (name === 'source' && element.parent?.type === 'tag' && element.parent.name === 'picture') return;
    if (name === 'img' || name === 'amp-img') {
      this.#picture(element, context.box);
      if (name === 'img') return;
    }
    if (inlineNames.has(name) || (name === 'button' && context.kind === 'heading')) {
      if (isReference(element)) return;
      if (name === 'q') this.#text('“', context);
      if (context.kind === 'heading' && element.attribs['aria-controls'])
        this.#opened.add(element.attribs['aria-controls']);
      const href = name === 'a' && !holdsText(element) ? (element.attribs.href ?? context.href) : context.href;
      const marks = context.marks | (markOf.get(name) ?? 0);
      const signals = this.#signals(element);
      const inline = context.inline | signals;
      const unseen =
        context.unseen || ((signals & Signal.hidden) !== 0 && isUnseen(element)) || isCount(element, signals);
      const same =
        href === context.href && marks === context.marks && inline === context.inline && unseen === context.unseen;
      this.walk(element.children, same ? context : { ...context, href, marks, inline, unseen });
      if (name === 'q') this.#text('”', context);
      return;
    }
    if (name === 'hr') {
      this.flush(false);
      return;
    }
    this.flush(false);
    const box = this.open(element, context.box);
    const inside = contextIn(name, element, context, box);
    const centred = isCentred(element) ?? context.centred;
    this.walk(element.children, centred === context.centred ? inside : { ...inside, centred });
    this.flush(false);
    this.close(box);
  }

  #text(data: string, context: Context): void {
    const pieces = this.#pieces;
    if (pieces.length === 0) {
      if (isBlank(data)) return;
      this.#context = context;
      this.#inline = context.inline;
    } else if (!isBlank(data)) this.#inline &= context.inline;
    const last = pieces.at(-1);
    const { marks, href, unseen } = context;
    if (last && last.marks === marks && last.href === href && last.unseen === unseen) last.text += data;
    else pieces.push({ text: data, marks, href, unseen });
  }

  /** Ends the current line. */
  flush(byBreak: boolean): void {
    const context = this.#context;
    if (!context) {
      this.#afterBreak = false;
      return;
    }
    const pieces = tidy(this.#shown(), context.kind === 'code');
    this.#pieces = [];
    this.#context = undefined;
    if (pieces.length === 0 || this.blocks.length >= mostBlocks) return;
    const box = context.box;
    const initial = this.#takeInitial(pieces[0]?.text ?? '', box);
    if (initial) pieces.unshift(...initial.pieces);
    const text = pieces.length === 1 ? (pieces[0] as Piece).text : pieces.map((piece) => piece.text).join('');
    let linkWords = 0;
    let links = 0;
    let markedWords = 0;
    let lastHref: string | undefined;
    const words = countWords(text);
    for (const piece of pieces) {
      if (piece.href === undefined && (piece.marks & emphasised) === 0) continue;
      const count = pieces.length === 1 ? words : countWords(piece.text);
      if (piece.href !== undefined) {
        linkWords += count;
        if (piece.href !== lastHref) links++;
      }
      lastHref = piece.href;
      if (piece.marks & emphasised) markedWords += count;
    }
    const previous = this.blocks.at(-1);
    const continues = this.#afterBreak && previous?.box === box && previous.kind === context.kind;
    this.#afterBreak = byBreak;
    this.blocks.push({
      index: this.blocks.length,
      text,
      pieces,
      kind: context.kind,
      level: context.level,
      box,
      inline: this.#inline,
      words,
      linkWords: Math.min(linkWords, words),
      links,
      markedWords: Math.min(markedWords, words),
      continues,
      inList: context.inList,
      orderedList: context.orderedList,
      inQuote: context.inQuote,
      inTable: context.inTable,
      inFigure: context.inFigure,
      afterPicture: this.#afterPicture,
      centred: context.centred,
      region: context.region,
    });
    this.#afterPicture = false;
    box.words += words;
    box.linkWords += Math.min(linkWords, words);
    if (words >= 12 && linkWords < words * 0.4) box.paragraphWords += words;
  }

  /** The pieces of the line without those that nobody sees, unless nobody sees any. */
  #shown(): readonly Piece[] {
    if (!this.#pieces.some(({ unseen }) => unseen)) return this.#pieces;
    const seen = this.#pieces.filter(({ unseen }) => !unseen);
    return seen.some(({ text }) => !isBlank(text)) ? seen : this.#pieces;
  }

  /** A letter set large in a box of its own, when the line goes on in small letters: the line takes it back. */
  #takeInitial(text: string, box: Box): Block | undefined {
    const initial = this.blocks.at(-1);
    if (!initial || !isInitial.test(initial.text) || !/^\p{Ll}/u.test(text)) return undefined;
    const { parent } = initial.box;
    if (initial.box !== box && parent !== box && parent !== box.parent) return undefined;
    this.blocks.pop();
    if (initial.box !== box) {
      initial.box.end = initial.index;
      for (let outer: Box | undefined = box; outer && outer.first > initial.index; outer = outer.parent)
        outer.first = initial.index;
    }
    return initial;
  }

  #signals({ name, attribs, classNames }: Element): number {
    let bits = signalsOfName(name) | classNames.signals;
    const isOpened = attribs.id !== undefined && this.#opened.has(attribs.id);
    let labelled = false;
    // Most elements have one or two attributes; to ask for each that may be there would take longer.
    for (const attribute in attribs) {
      const value = attribs[attribute] as string;
      switch (attribute) {
        case 'id':
          // The id of a heading is the heading's own words.
          if (value && !/^h[1-6]$/.test(name)) bits |= signalsOf(value);
          break;
        case 'role':
          bits |= signalsOfRole.get(value) ?? 0;
          break;
        case 'itemprop':
          bits |= signalsOfProperty(value);
          break;
        case 'rel':
          if (value === 'author') bits |= Signal.byline;
          else if (value === 'tag' || value === 'category tag') bits |= Signal.tags;
          break;
        case 'style':
          // What is only invisible waits for an animation that brings it in.
          if (!isOpened && /display:\s*none/i.test(value)) bits |= Signal.hidden;
          break;
        case 'hidden':
          if (value !== 'until-found' && !isOpened) bits |= Signal.hidden;
          break;
        case 'aria-hidden':
          if (value === 'true' && !isOpened) bits |= Signal.hidden;
          break;
        case 'data-testid':
        case 'data-component':
        case 'data-module':
        case 'data-qa':
        case 'data-type':
          labelled = true;
          break;
        default:
      }
    }
    if (labelled) {
      const label =
        attribs['data-testid'] ??
        attribs['data-component'] ??
        attribs['data-module'] ??
        attribs['data-qa'] ??
        attribs['data-type'];
      if (label) bits |= signalsOf(label);
    }
    return bits;
  }

  #signature({ name, classNames }: Element): number {
    let signatures = this.#signaturesOf.get(classNames);
    if (!signatures) {
      signatures = new Map();
      this.#signaturesOf.set(classNames, signatures);
    }
    let signature = signatures.get(name);
    if (signature === undefined) {
      signature = numberOf(`${name}.${classNames.plain}`, this.#signatures);
      signatures.set(name, signature);
    }
    return signature;
  }

  #picture(element: Element, box: Box): void {
    if (this.pictures.length > 400) return;
    const a = element.attribs;
    const source =
      [a['data-src'], a['data-original'], a['data-lazy-src'], a.src].find(isAddress) ??
      [a.srcset, a['data-srcset'], ...sourcesOf(element)].map(widest).find(isAddress);
    if (!source) return;
    // What stands inside a line is an icon.
    if (this.#pieces.length === 0 && !isTiny(a)) this.#afterPicture = true;
    this.pictures.push({
      url: source,
      alt: a.alt ?? '',
      width: Number(a.width) || 0,
      box,
      before: this.blocks.length,
    });
  }
}

/** A link around boxes that holds more words than this was left open, or wraps a text: it links nothing. */
const mostLinked = 80;

const holdsText = ({ children }: Element): boolean =>
  children.some((child) => child.type === 'tag' && !inlineNames.has(child.name)) &&
  countWords(innerText(children)) > mostLinked;

/** More than a page has elements: pairs of signatures have numbers of their own. */
const mostSignatures = 2 ** 20;

/** The number of a key, from 0 up in the order in which keys are met. */
function numberOf<Key>(key: Key, known: Map<Key, number>): number {
  let number = known.get(key);
  if (number === undefined) {
    number = known.size;
    known.set(key, number);
  }
  return number;
}

function signalsOfName(name: string): number {
  switch (name) {
    case 'nav':
    case 'menu':
      return Signal.navigation;
    case 'aside':
      return Signal.side;
    case 'footer':
      return Signal.footer;
    case 'figcaption':
      return Signal.caption;
    case 'figure':
    case 'picture':
      return Signal.media;
    case 'time':
      return Signal.date;
    case 'article':
    case 'main':
      return Signal.content;
    default:
      return 0;
  }
}

const signalsOfRole: ReadonlyMap<string, number> = new Map([
  ['navigation', Signal.navigation],
  ['banner', Signal.navigation],
  ['search', Signal.navigation],
  ['complementary', Signal.side],
  ['contentinfo', Signal.footer],
  ['dialog', Signal.wall],
  ['alertdialog', Signal.wall],
]);

function signalsOfProperty(property: string): number {
  if (/articleBody/i.test(property)) return Signal.body;
  if (/author/i.test(property)) return Signal.byline;
  if (/date/i.test(property)) return Signal.date;
  if (/headline/i.test(property)) return Signal.title;
  return /caption/i.test(property) ? Signal.caption : 0;
}

/** A number that leads to a note below the text: no word of it. */
function isReference({ name, attribs, children }: Element): boolean {
  if (name !== 'sup' && !(name === 'a' && leadsDown(attribs.href) && isRaised(children))) return false;
  const text = innerText(children, 20).trim();
  if (text.length > 6 || !/^[[(]?(?:\d{1,3}|[a-z*†‡§]|[ivx]{1,4})[\])]?$/.test(text)) return false;
  if (name === 'a') return true;
  return children.some((child) => child.type === 'tag' && child.name === 'a' && leadsDown(child.attribs.href));
}
const isRaised = (children: readonly Node[]): boolean =>
  children.some((child) => child.type === 'tag' && child.name === 'sup');
const leadsDown = (href: string | undefined): boolean => href?.startsWith('#') ?? false;

/** The number of comments or shares that a page sets into each paragraph: of the line only where nothing else stands there. */
const isCount = ({ children }: Element, signals: number): boolean =>
  (signals & (Signal.comments | Signal.share | Signal.tool)) !== 0 && /^\s*\d{1,5}\s*$/.test(innerText(children, 20));

/** Not shown at all, as against `aria-hidden`, which is shown and not read out. */
const isUnseen = ({ attribs, classNames }: Element): boolean =>
  attribs.hidden !== undefined ||
  /display:\s*none/i.test(attribs.style ?? '') ||
  (classNames.signals & Signal.hidden) !== 0;

/** The `srcset` of the sources that a `<picture>` offers before the image: those that every browser reads first. */
function sourcesOf({ parent }: Element): (string | undefined)[] {
  if (parent?.type !== 'tag' || parent.name !== 'picture') return [];
  const sources = parent.children.filter((child) => child.type === 'tag').filter(({ name }) => name === 'source');
  const plain = sources.filter(({ attribs }) => !/webp|avif|jxl/i.test(attribs.type ?? ''));
  return [...plain, ...sources].map(({ attribs }) => attribs.srcset ?? attribs['data-srcset']);
}

/** The address with the largest width or density in a `srcset`. An address may hold commas; only those at its end are the list's. */
function widest(set: string | undefined): string | undefined {
  let best: string | undefined;
  let most = -1;
  let address = '';
  const offer = (size: number): void => {
    if (address && size > most) [best, most] = [address, size];
  };
  for (const token of (set ?? '').split(/\s+/)) {
    const size = /^([\d.]+)[wx](?:,(.*))?$/.exec(token);
    offer(Number(size?.[1] ?? 0));
    address = size ? (size[2] ?? '') : token.replace(/,{1,100}$/, '');
  }
  offer(0);
  return best;
}

/** Narrower than any picture that has a caption: an icon, a button, a counter. */
const isTiny = ({ width }: Record<string, string>): boolean => width !== undefined && Number.parseInt(width, 10) < 80;

/** Not a placeholder that stands in the page itself. */
const isAddress = (source: string | undefined): boolean => Boolean(source) && !source?.startsWith('data:');

const isBlank = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x20 && code !== 0xa0 && code !== 0xad && code !== 0x200b && code !== 0xfeff) return false;
  }
  return true;
};

/** Joins white space across the pieces of a line and drops what is empty. */
function tidy(pieces: readonly Piece[], verbatim: boolean): Piece[] {
  if (verbatim) return [...pieces];
  const result: Piece[] = [];
  let spaced = true;
  for (const piece of pieces) {
    let text = spacedOnce(piece.text, !spaced);
    if (spaced && text.startsWith(' ')) text = text.slice(1);
    if (text === '') continue;
    spaced = text.endsWith(' ');
    result.push({ text, marks: piece.marks, href: piece.href });
  }
  const last = result.at(-1);
  if (last?.text.endsWith(' ')) {
    last.text = last.text.trimEnd();
    if (last.text === '') result.pop();
  }
  return result;
}

/** White space as single spaces, what is invisible gone; without the space before it where none is wanted. */
function spacedOnce(text: string, before: boolean): string {
  if (isTidy(text)) return text;
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  const inner = text.slice(start, end);
  // Most texts are only set on lines of their own.
  if (isTidy(inner)) return `${before && start > 0 ? ' ' : ''}${inner}${end < text.length ? ' ' : ''}`;
  return text.replace(/[\u00ad\u200b\u2060\ufeff\u200e\u200f]/g, '').replace(/[\s\u00a0]+/g, ' ');
}

/** Holds single spaces only, and nothing invisible: most pieces of text, which then need no copying. */
function isTidy(text: string): boolean {
  let spaced = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x20) {
      if (spaced) return false;
      spaced = true;
    } else {
      if (code === 0xad || code === 0x200b || code === 0x200e || code === 0x200f || code === 0x2060 || isSpace(code))
        return false;
      spaced = false;
    }
  }
  return true;
}

/** Does an element set its lines in the middle? Undefined where it does not say. */
function isCentred({ name, attribs: { align, style } }: Element): boolean | undefined {
  if (name === 'center') return true;
  const said = style && style.length < 1000 ? /text-align:\s*(\w+)/i.exec(style)?.[1] : undefined;
  const set = said ?? (name === 'table' ? undefined : align);
  return set === undefined ? undefined : /^(?:center|middle)$/i.test(set);
}

/** What lies below a block-level element is, unless it says otherwise. */
function contextIn(name: string, element: Element, context: Context, box: Box): Context {
  switch (name) {
    case 'p':
      return context.inQuote || context.kind === 'item' || context.kind === 'caption' || context.kind === 'cell'
        ? { ...context, box }
        : { ...context, box, kind: 'paragraph' };
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return { ...context, box, kind: 'heading', level: Number(name[1]) };
    case 'ul':
    case 'ol':
      return { ...context, box, inList: true, orderedList: name === 'ol', kind: 'line' };
    case 'li':
      return { ...context, box, inList: true, kind: 'item' };
    case 'blockquote':
      return { ...context, box, inQuote: true, kind: 'quote' };
    case 'pre':
    case 'listing':
    case 'xmp':
      return { ...context, box, kind: 'code' };
    case 'table':
      return { ...context, box, inTable: true };
    case 'td':
    case 'th':
      return { ...context, box, kind: 'cell' };
    case 'figure':
      return { ...context, box, inFigure: true };
    case 'figcaption':
    case 'caption':
    case 'legend':
      return { ...context, box, kind: 'caption' };
    case 'summary':
    case 'button':
      return { ...context, box, kind: 'heading', level: 4 };
    case 'dt':
    case 'dd':
      return { ...context, box, kind: 'term' };
    default:
      if (regions.has(name)) return { ...context, box, region: name };
      if (element.attribs.role === 'heading') return { ...context, box, kind: 'heading', level: 3 };
      return { ...context, box };
  }
}

/** Blocks made of plain text, a paragraph for each line: for texts that the page holds outside its markup. */
export function lineBlocks(text: string): Block[] {
  const document = new Document();
  document.children = text
    .slice(0, 300_000)
    .replace(/<\/(?:p|div|li|h\d)>|<br\s*\/?>/gi, '\n')
    .replace(/<[^>]{0,500}>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&#0?39;|&rsquo;/g, '’')
    .replace(/&amp;/g, '&')
    .split(/\r?\n|\r/)
    .filter((line) => line.trim())
    .map((line) => new Element('p', {}, [new Text(line)]));
  return [...readBlocks(document).blocks];
}
