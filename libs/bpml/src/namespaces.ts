/** Namespaces as the files write them. Sources: the OMG's schemas; each vendor's own descriptor. */
export const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
export const BPMN_DI = 'http://www.omg.org/spec/BPMN/20100524/DI';
export const DIAGRAM_COMMON = 'http://www.omg.org/spec/DD/20100524/DC';
export const DIAGRAM_INTERCHANGE = 'http://www.omg.org/spec/DD/20100524/DI';
export const XML_SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
export const XML = 'http://www.w3.org/XML/1998/namespace';
export const XMLNS = 'http://www.w3.org/2000/xmlns/';
export const XINCLUDE = 'http://www.w3.org/2001/XInclude';
export const ZEEBE = 'http://camunda.org/schema/zeebe/1.0';

/** Three products of one family: the same names mean the same things. */
export const CAMUNDA_FAMILY: ReadonlyMap<string, 'camunda' | 'flowable' | 'activiti'> = new Map([
  ['http://camunda.org/schema/1.0/bpmn', 'camunda'],
  // Camunda 7 goes on as Operaton.
  ['http://operaton.org/schema/1.0/bpmn', 'camunda'],
  ['http://flowable.org/bpmn', 'flowable'],
  ['http://activiti.org/bpmn', 'activiti'],
]);

/** Genuine BPML 1.0 (any year of the working drafts). */
export const BPML_PREFIX = 'http://www.bpmi.org/';
/** An invented namespace seen in the wild around BPMN or BPMI names. */
export const APG_BPML = 'http://www.bpml.org/bpml';
export const DMN_PREFIXES = ['https://www.omg.org/spec/DMN/', 'http://www.omg.org/spec/DMN/'];
