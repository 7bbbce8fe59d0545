import { Evaluator } from '../evaluator.js';
import type { ElementInstance, Key } from '../instance.js';
import type { Element } from '../process.js';
import type { Run } from '../run.js';
import { find } from '../table.js';
import { arm } from '../triggers/arm.js';
import { isInterrupted } from '../triggers/event-sub-processes.js';
import type { Correspondence } from './correspondence.js';

/**
 * Begin to wait for events that the new version has and the old one had not: on the border of active activities,
 * behind event-based gateways, and of event sub-processes in open scopes. What is on its way to be entered arms for itself.
 *
 * @throws EvaluationFailed when what a new event is about has no value
 */
export function armNew(run: Run, found: Correspondence, onTheirWay: ReadonlySet<Key | undefined>): void {
  const isNew = ({ id }: Element) => !found.hasOrigin(id);
  for (const token of run.instance.elements.slice()) {
    if (run.isAlive(token.key) && hasBegun(token) && !onTheirWay.has(token.key)) armBeside(run, token, isNew);
  }
  for (const { key } of run.instance.scopes.slice()) {
    if (key !== 0 && (!run.isAlive(key) || run.token(key).loop !== undefined)) continue;
    const { eventSubProcesses } = key === 0 ? run.process : run.elementOf(key);
    if (eventSubProcesses.length === 0 || isInterrupted(run, key)) continue;
    for (const start of eventSubProcesses.flatMap(({ starts }) => starts).filter(isNew)) armStart(run, key, start);
  }
}

/** Tokens that wait for others or for variables have not begun. */
function hasBegun({ waiting }: ElementInstance): boolean {
  return waiting !== 'join' && waiting !== 'data';
}

function armBeside(run: Run, { key, loopCounter }: ElementInstance, isNew: (element: Element) => boolean): void {
  const { model, boundaries, outgoing } = run.elementOf(key);
  const scene = run.scene(key);
  if (loopCounter === undefined) {
    for (const boundary of boundaries.filter(isNew))
      arm(scene, { elementId: boundary.id, host: key }, boundary.model.event, !boundary.model.interrupting);
  }
  if (model.kind !== 'eventBasedGateway') return;
  for (const { target } of outgoing) {
    if (!isNew(target) || find(run.instance.elements, key) === undefined) continue;
    const where = { elementId: target.id, host: key };
    if (target.model.kind === 'receiveTask') arm(scene, where, { type: 'message', message: target.model.message });
    else if (target.model.kind === 'intermediateCatchEvent') arm(scene, where, target.model.event);
  }
}

function armStart(run: Run, scope: Key, { id, model }: Element): void {
  if (model.kind !== 'startEvent') return;
  arm(new Evaluator(run, scope), { elementId: id, host: scope }, model.event, model.interrupting === false);
}
