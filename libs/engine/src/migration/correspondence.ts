import type { ElementId } from '../model.js';
import type { Element, Flow, Process } from '../process.js';
import { ownValue } from '../variables.js';

/** What is named in one version of a process, found in another. Ids that are not mapped stay as they are. */
export class Correspondence {
  constructor(
    readonly from: Process,
    readonly to: Process,
    private readonly mapping: Readonly<Record<ElementId, ElementId>>,
  ) {}

  /** The element it becomes; `undefined` when the new version has none. */
  element(id: ElementId): Element | undefined {
    return this.to.byId.get(ownValue(this.mapping, id) ?? id);
  }

  /** Does something of the old version become this element of the new one? */
  hasOrigin(id: ElementId): boolean {
    return this.from.elements.some((element) => this.element(element.id)?.id === id);
  }

  /** The flow between the mapped ends; among several, the one of the same id or the same place. */
  flow(id: string): Flow | undefined {
    const flow = this.from.model.flows.find((one) => one.id === id);
    if (flow === undefined) return undefined;
    const [source, target] = [this.element(flow.source), this.element(flow.target)];
    const found = target?.incoming.filter((one) => one.source === source) ?? [];
    const place = this.from.model.flows.filter(({ source: from, target: to }) => from === flow.source && to === flow.target).indexOf(flow);
    return found.find((one) => one.id === id) ?? found[place];
  }
}
