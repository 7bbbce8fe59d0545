import type { UserTaskModel } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { feel } from './expression.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { camundaElements } from './vendor.js';

/** `if (!!task.getVariable('x')) { task.setAssignee(x); }` */
const ASSIGN_FROM_VARIABLE =
  /^if\s*\(\s*(?:!!\s*)?task\.getVariable\(\s*(['"])(\w+)\1\s*\)(?:\s*!=+\s*null)?\s*\)\s*\{?\s*task\.setAssignee\(\s*(?:\2|task\.getVariable\(\s*\1\2\1\s*\))\s*\)\s*;?\s*\}?$/;
/** `task.setVariable('x', task.getAssignee());` */
const VARIABLE_FROM_ASSIGNEE = /^task\.setVariable\(\s*(['"])(\w+)\1\s*,\s*task\.getAssignee\(\)\s*\)\s*;?$/;

/**
 * Task listeners that only move a person between a variable and the assignment become part of the model.
 *
 * Every other listener is named in a warning: it would have changed something and is not run.
 */
export function readAssignmentListeners(reading: Reading, element: XmlElement): Pick<UserTaskModel, 'assignee' | 'assigneeVariable'> {
  let assignee: UserTaskModel['assignee'];
  let assigneeVariable: string | undefined;
  for (const listener of camundaElements(element, 'taskListener')) {
    const event = listener.attribute('event');
    const script = listener.children.find(({ local }) => local === 'script')?.text.trim() ?? '';
    const from = event === 'create' ? ASSIGN_FROM_VARIABLE.exec(script)?.[2] : undefined;
    const to = event === 'assignment' ? VARIABLE_FROM_ASSIGNEE.exec(script)?.[2] : undefined;
    if (from === undefined && to === undefined) continue;
    reading.understandAll(listener);
    if (from !== undefined) assignee = feel(from);
    if (to !== undefined) assigneeVariable = to;
    const meaning = from === undefined ? `the assignee is kept in "${to}"` : `the task is assigned to "${from}" when it is set`;
    reading.info('listener-mapped', `The ${event} listener of "${title(element)}" was read as: ${meaning}.`, listener);
  }
  return { ...(assignee && { assignee }), ...(assigneeVariable !== undefined && { assigneeVariable }) };
}
