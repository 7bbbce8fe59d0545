import { BPMN } from '../namespaces.js';

export interface XmlAttribute {
  readonly uri: string;
  readonly prefix: string;
  readonly local: string;
  readonly value: string;
}

/** One element of the file, as written: nothing resolved, nothing dropped. Lines count from 1. */
export class XmlElement {
  readonly children: XmlElement[] = [];
  /** Character data directly inside, CDATA included. */
  text = '';

  constructor(
    readonly uri: string,
    readonly prefix: string,
    readonly local: string,
    readonly attributes: readonly XmlAttribute[],
    readonly line: number,
    readonly parent: XmlElement | undefined,
  ) {}

  get id(): string | undefined {
    return this.attribute('id');
  }

  /** The name as the file writes it, e.g. `camunda:in`. */
  get qualifiedName(): string {
    return this.prefix ? `${this.prefix}:${this.local}` : this.local;
  }

  /** An attribute's value; without `uri`, one of no namespace. */
  attribute(local: string, uri = ''): string | undefined {
    return this.attributes.find((attribute) => attribute.local === local && attribute.uri === uri)?.value;
  }

  /** A boolean attribute as XML Schema writes it, in any case; absent when it is neither true nor false. */
  flag(local: string): boolean | undefined {
    const text = this.attribute(local)?.trim().toLowerCase() ?? '';
    if (text === 'true' || text === '1') return true;
    return text === 'false' || text === '0' ? false : undefined;
  }

  /** Child elements of one name, in document order. */
  all(local: string, uri = BPMN): XmlElement[] {
    return this.children.filter((child) => child.local === local && child.uri === uri);
  }

  first(local: string, uri = BPMN): XmlElement | undefined {
    return this.children.find((child) => child.local === local && child.uri === uri);
  }

  /** Trimmed text of the first such child; absent when empty. */
  childText(local: string, uri = BPMN): string | undefined {
    return this.first(local, uri)?.text.trim() || undefined;
  }

  /** This element and everything below, in document order. */
  *walk(): Generator<XmlElement> {
    yield this;
    for (const child of this.children) yield* child.walk();
  }
}
