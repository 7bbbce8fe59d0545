/** The package brings no declarations of its parser; this is what the tests use of it. */
declare module 'bpmn-moddle' {
  export interface ModdleElement {
    readonly $type: string;
    readonly id?: string;
    readonly [property: string]: unknown;
    $instanceOf(type: string): boolean;
  }
  export class BpmnModdle {
    fromXML(xml: string): Promise<{ readonly elementsById: Readonly<Record<string, ModdleElement>> }>;
  }
}
