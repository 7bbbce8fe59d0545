import type { Expression, FormField, UserTaskModel } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { camundaValue, feel, zeebeValue } from './expression.js';
import { readFormField } from './form-field.js';
import { readAssignmentListeners } from './listeners.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { camundaElements, camundaText, zeebeElement, zeebeText } from './vendor.js';

type Assignment = Pick<UserTaskModel, 'assignee' | 'candidateUsers' | 'candidateGroups'>;
type HumanWork = Pick<
  UserTaskModel,
  'assignee' | 'candidateUsers' | 'candidateGroups' | 'dueAt' | 'followUpAt' | 'priority' | 'formKey' | 'formFields' | 'assigneeVariable'
>;

/** Everything about a user task that concerns people: who, by when, with which form. */
export function readUserTask(reading: Reading, element: XmlElement): HumanWork {
  const assignment = {
    ...standardAssignment(reading, element),
    ...zeebeAssignment(reading, element),
    ...camundaAssignment(reading, element),
  };
  const listeners = readAssignmentListeners(reading, element);
  if (listeners.assignee && assignment.assignee) {
    reading.warn('listener-not-run', `"${title(element)}" has an assignee: its listener that sets another one is not run.`, element);
  }
  return { ...listeners, ...assignment, ...schedule(reading, element), ...readForm(reading, element) };
}

function camundaAssignment(reading: Reading, element: XmlElement): Assignment {
  const assignee = camundaText(reading, element, 'assignee');
  const candidateUsers = camundaText(reading, element, 'candidateUsers');
  const candidateGroups = camundaText(reading, element, 'candidateGroups');
  return {
    ...(assignee !== undefined && { assignee: camundaValue(assignee) }),
    ...(candidateUsers !== undefined && { candidateUsers: camundaValue(candidateUsers) }),
    ...(candidateGroups !== undefined && { candidateGroups: camundaValue(candidateGroups) }),
  };
}

function zeebeAssignment(reading: Reading, element: XmlElement): Assignment {
  const definition = zeebeElement(reading, element, 'assignmentDefinition');
  zeebeElement(reading, element, 'userTask');
  const assignee = zeebeText(definition, 'assignee');
  const candidateUsers = zeebeText(definition, 'candidateUsers');
  const candidateGroups = zeebeText(definition, 'candidateGroups');
  return {
    ...(assignee !== undefined && { assignee: zeebeValue(assignee) }),
    ...(candidateUsers !== undefined && { candidateUsers: zeebeValue(candidateUsers) }),
    ...(candidateGroups !== undefined && { candidateGroups: zeebeValue(candidateGroups) }),
  };
}

/**
 * BPMN's own way: `humanPerformer` names the assignee, `potentialOwner` the candidates.
 *
 * Their expression is `user(ann), group(sales)`, a bare name (of a person for a performer, of a group for an
 * owner), or FEEL after `=`. Source: the convention of Activiti's and Camunda's readers; FEEL is ours.
 */
function standardAssignment(reading: Reading, element: XmlElement): Assignment {
  const users: string[] = [];
  const groups: string[] = [];
  let assignment: Assignment = {};
  for (const role of element.children.filter((child) => ['humanPerformer', 'performer', 'potentialOwner'].includes(child.local))) {
    const text = role.first('resourceAssignmentExpression')?.childText('formalExpression');
    if (text === undefined) continue;
    reading.understandAll(role);
    const isOwner = role.local === 'potentialOwner';
    if (text.startsWith('=')) {
      assignment = isOwner ? { ...assignment, candidateGroups: feel(text) } : { ...assignment, assignee: feel(text) };
    } else if (isOwner) {
      for (const [, kind, names, bare = ''] of text.matchAll(/(user|group)\s*\(([^)]*)\)|([^,()\s][^,()]*)/g)) {
        const list = (names ?? bare).split(',').map((name) => name.trim());
        (kind === 'user' ? users : groups).push(...list);
      }
    } else {
      assignment = { ...assignment, assignee: camundaValue(text.replace(/^user\s*\(\s*(.*?)\s*\)$/, '$1')) };
    }
  }
  return {
    ...assignment,
    ...(users.length > 0 && { candidateUsers: camundaValue(users.join(',')) }),
    ...(groups.length > 0 && { candidateGroups: camundaValue(groups.join(',')) }),
  };
}

function schedule(reading: Reading, element: XmlElement): Pick<UserTaskModel, 'dueAt' | 'followUpAt' | 'priority'> {
  const zeebe = zeebeElement(reading, element, 'taskSchedule');
  const either = (camunda: string, own: XmlElement | undefined, name: string): Expression | undefined => {
    const text = camundaText(reading, element, camunda);
    if (text !== undefined) return camundaValue(text);
    const zeebeValueText = zeebeText(own, name);
    return zeebeValueText === undefined ? undefined : zeebeValue(zeebeValueText);
  };
  const dueAt = either('dueDate', zeebe, 'dueDate');
  const followUpAt = either('followUpDate', zeebe, 'followUpDate');
  const priority = either('priority', zeebeElement(reading, element, 'priorityDefinition'), 'priority');
  return { ...(dueAt && { dueAt }), ...(followUpAt && { followUpAt }), ...(priority && { priority }) };
}

/** The form's key and the fields the file lists for a start event or user task. */
export function readForm(reading: Reading, element: XmlElement): { formKey?: string; formFields?: readonly FormField[] } {
  const definition = zeebeElement(reading, element, 'formDefinition');
  const formKey =
    camundaText(reading, element, 'formKey', 'formRef') ??
    zeebeText(definition, 'formKey') ??
    zeebeText(definition, 'formId') ??
    zeebeText(definition, 'externalReference');
  const formFields = [
    ...camundaElements(element, 'formData').flatMap((form) => form.all('formField', form.uri)),
    ...camundaElements(element, 'formProperty'),
  ].map((field) => readFormField(reading, element, field));
  return { ...(formKey !== undefined && { formKey }), ...(formFields.length > 0 && { formFields }) };
}
