import { BPMN } from '../namespaces.js';
import type { XmlElement } from '../xml/tree.js';

const FLOW_NODE = /^(?!global).*(Task|Event|Gateway|[sS]ubProcess|[cC]horeography)$|^(task|transaction|callActivity)$/;
const CONTAINER = /^(process|subProcess|transaction|adHocSubProcess|subChoreography)$/;
const ACTIVITY = /^(?!global|choreography)(.*Task|task|callActivity|subProcess|transaction|adHocSubProcess)$/;

/** Is it something a token can be at? */
export function isFlowNode(element: XmlElement): boolean {
  return element.uri === BPMN && FLOW_NODE.test(element.local);
}

/** Has it flow elements inside? */
export function isContainer(element: XmlElement): boolean {
  return element.uri === BPMN && CONTAINER.test(element.local);
}

export function isActivity(element: XmlElement): boolean {
  return element.uri === BPMN && ACTIVITY.test(element.local);
}

/** A task outside any process, for call activities to call. */
export function isGlobalTask(element: XmlElement): boolean {
  return element.uri === BPMN && /^global(|User|Script|Manual|BusinessRule)Task$/.test(element.local);
}
