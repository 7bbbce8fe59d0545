import { CAMUNDA_FAMILY, ZEEBE } from '../namespaces.js';
import type { XmlElement } from '../xml/tree.js';
import type { Reading } from './reading.js';

/** A vendor's attribute and which product of the family wrote it. */
export interface VendorAttribute {
  readonly value: string;
  readonly vendor: 'camunda' | 'flowable' | 'activiti';
}

/** The first of the names that Camunda 7's family puts on the element. Reading it means understanding it. */
export function camundaAttribute(reading: Reading, element: XmlElement, ...names: readonly string[]): VendorAttribute | undefined {
  for (const name of names) {
    for (const attribute of element.attributes) {
      const vendor = CAMUNDA_FAMILY.get(attribute.uri);
      if (vendor === undefined || attribute.local !== name) continue;
      reading.understand(attribute);
      return { value: attribute.value, vendor };
    }
  }
  return undefined;
}

/** The value of such an attribute; absent when empty. */
export function camundaText(reading: Reading, element: XmlElement, ...names: readonly string[]): string | undefined {
  return camundaAttribute(reading, element, ...names)?.value.trim() || undefined;
}

/** Extension elements of Camunda 7's family by name, with their prefix's product. Not yet marked as understood. */
export function camundaElements(element: XmlElement, name: string): XmlElement[] {
  return extensions(element).filter((child) => CAMUNDA_FAMILY.has(child.uri) && child.local === name);
}

/** A Zeebe extension element by name; understood with all it holds. */
export function zeebeElement(reading: Reading, element: XmlElement, name: string): XmlElement | undefined {
  const found = extensions(element).find((child) => child.uri === ZEEBE && child.local === name);
  if (found) reading.understandAll(found);
  return found;
}

/** An attribute of such an element; absent when empty. */
export function zeebeText(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attribute(name)?.trim() || undefined;
}

export function extensions(element: XmlElement): readonly XmlElement[] {
  return element.first('extensionElements')?.children ?? [];
}

/** What a `field` injects: a text, or an expression as it is written. */
export function fieldText(field: XmlElement): string {
  return field.attribute('stringValue') ?? field.attribute('expression') ?? field.children[0]?.text.trim() ?? '';
}
