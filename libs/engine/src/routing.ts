import type { FlowReason } from './event.js';
import { EvaluationFailed } from './ports.js';
import type { Flow } from './process.js';
import type { Scene } from './scene.js';

/**
 * The flows an activity leaves by: every one without a condition, every one whose condition is true,
 * and the default only if no condition is. Records the choice with its reasons.
 *
 * Source: BPMN 2.0.2, 13.3.1 and 8.4.13 (conditional and default sequence flow).
 *
 * @throws EvaluationFailed `no-outgoing-flow`, `condition-not-boolean`, or what a condition failed with.
 */
export function chooseFlows(scene: Scene): readonly Flow[] {
  const { outgoing } = scene.element;
  const taken: Flow[] = [];
  const reasons: FlowReason[] = [];
  let hasTrue = false;
  for (const flow of outgoing) {
    if (flow.isDefault) continue;
    const reason = weigh(scene, flow);
    reasons.push(reason);
    if (reason.value === false) continue;
    taken.push(flow);
    if (flow.model.condition !== undefined) hasTrue = true;
  }
  const otherwise = outgoing.find((flow) => flow.isDefault);
  if (!hasTrue && otherwise !== undefined) {
    taken.push(otherwise);
    reasons.push({ flowId: otherwise.id, isDefault: true });
  }
  if (taken.length === 0) throw noOutgoingFlow(scene);
  record(scene, taken, reasons);
  return taken;
}

/** What a flow's condition gives. A flow without one is always open. */
export function weigh(scene: Scene, flow: Flow): FlowReason {
  const { condition } = flow.model;
  if (condition === undefined) return { flowId: flow.id };
  const { value, reads } = scene.evaluate(condition);
  if (typeof value !== 'boolean') {
    throw new EvaluationFailed(
      'condition-not-boolean',
      `The condition “${condition.text}” of flow ${flow.id} gave ${value === null ? 'null' : JSON.stringify(value)}, neither true nor false.`,
      reads,
    );
  }
  return { flowId: flow.id, condition: condition.text, reads, value };
}

export function record(scene: Scene, taken: readonly Flow[], reasons: readonly FlowReason[]): void {
  const { key, element, run } = scene;
  run.emit({ type: 'routeChosen', key, elementId: element.id, taken: taken.map((flow) => flow.id), reasons });
}

export function noOutgoingFlow(scene: Scene): EvaluationFailed {
  return new EvaluationFailed('no-outgoing-flow', `No condition at ${scene.element.id} is true, and it has no default flow.`);
}
