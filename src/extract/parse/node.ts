import { type ClassNames, classNames } from './class-names.ts';

/** The tree of a page, in as few fields as readers need; CSS selectors want siblings too, which `siblings.ts` adds. */
export type Node = Element | Text;
export type Parent = Element | Document;

export class Document {
  readonly type = 'root';
  readonly parent = null;
  children: Node[] = [];
}

export class Element {
  readonly type = 'tag';
  parent: Parent | null = null;
  name: string;
  attribs: Readonly<Record<string, string>>;
  children: Node[];
  /** What its class says. */
  readonly classNames: ClassNames;

  constructor(name: string, attribs: Readonly<Record<string, string>>, children: Node[] = []) {
    this.name = name;
    this.attribs = attribs;
    this.children = children;
    this.classNames = attribs.class ? classNames(attribs.class) : noNames;
  }
}

export class Text {
  readonly type = 'text';
  parent: Parent | null = null;
  data: string;

  constructor(data: string) {
    this.data = data;
  }
}

const noNames = classNames('');
