import type { ImportIssue } from '@baton/contracts';
import { BPMN } from '../namespaces.js';
import type { XmlAttribute, XmlElement } from '../xml/tree.js';

/** What is known while one file is read: its ids, what was found wrong, and which parts have been understood. */
export class Reading {
  readonly issues: ImportIssue[] = [];
  /** Elements and attributes that became part of the model. All others are listed as preserved. */
  private readonly understood = new Set<XmlElement | XmlAttribute>();
  private readonly derived = new Map<unknown, unknown>();
  private onlyDrawn = false;

  constructor(
    readonly file: string,
    readonly root: XmlElement,
    private readonly ids: ReadonlyMap<string, XmlElement>,
    /** The file uses camunda, flowable or activiti names: their defaults hold. */
    readonly camundaFamily: boolean,
  ) {}

  /** The element a reference means, with or without a namespace prefix; absent when it lies in another file. */
  find(reference: string | undefined): XmlElement | undefined {
    if (reference === undefined) return undefined;
    const name = reference.trim();
    return this.ids.get(name) ?? this.ids.get(name.slice(name.indexOf(':') + 1));
  }

  understand(...parts: readonly (XmlElement | XmlAttribute)[]): void {
    for (const part of parts) this.understood.add(part);
  }

  /** An element with everything inside it. */
  understandAll(element: XmlElement): void {
    for (const inner of element.walk()) this.understand(inner, ...inner.attributes);
  }

  /** The same, but only what is BPMN's own: what vendors add to it is still to be read, or reported. */
  understandStandard(element: XmlElement): void {
    for (const inner of element.walk()) {
      if (inner.uri === BPMN) this.understand(inner, ...inner.attributes.filter(({ uri }) => uri === ''));
    }
  }

  /** Something that is found out by looking through the whole file: once, however often it is asked for. */
  derive<T>(compute: (reading: Reading) => T): T {
    if (!this.derived.has(compute)) this.derived.set(compute, compute(this));
    return this.derived.get(compute) as T;
  }

  isUnderstood(part: XmlElement | XmlAttribute): boolean {
    return this.understood.has(part);
  }

  /** While a process that is not executable is read, nothing in it can be an error. */
  drawnOnly(work: () => void): void {
    const before = this.onlyDrawn;
    this.onlyDrawn = true;
    work();
    this.onlyDrawn = before;
  }

  error(code: string, message: string, element: XmlElement): void {
    this.report('error', code, message, element);
  }

  warn(code: string, message: string, element: XmlElement): void {
    this.report('warning', code, message, element);
  }

  info(code: string, message: string, element: XmlElement): void {
    this.report('info', code, message, element);
  }

  private report(severity: ImportIssue['severity'], code: string, message: string, element: XmlElement): void {
    const elementId = nearestId(element);
    this.issues.push({
      severity: this.onlyDrawn ? 'info' : severity,
      code,
      message,
      file: this.file,
      ...(elementId !== undefined && { elementId }),
      line: element.line,
    });
  }
}

/** How people know an element: its name, else its id. */
export function title(element: XmlElement): string {
  return element.attribute('name')?.replace(/\s+/g, ' ').trim() || element.id || element.local;
}

function nearestId(element: XmlElement): string | undefined {
  return element.id ?? (element.parent && nearestId(element.parent));
}
