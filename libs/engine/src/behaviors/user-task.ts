import type { Behavior } from '../behavior.js';
import type { Command } from '../command.js';
import type { Event } from '../event.js';
import type { UserTaskModel } from '../model.js';
import type { Element } from '../process.js';
import type { Run } from '../run.js';
import type { Scene } from '../scene.js';
import { variable } from '../variables.js';
import { instantValue, listValue, numberValue, textValue } from '../values.js';

/** User task: wait for a person, then write what they entered and move on. */
export const userTask: Behavior<UserTaskModel> = {
  enter(scene) {
    const { model } = scene;
    const assignee = textValue(scene, model.assignee);
    const dueAt = instantValue(scene, model.dueAt);
    const followUpAt = instantValue(scene, model.followUpAt);
    const created: Omit<Extract<Event, { readonly type: 'userTaskCreated' }>, 'key'> = {
      type: 'userTaskCreated',
      elementId: model.id,
      name: model.name ?? model.id,
      ...(assignee === undefined ? {} : { assignee }),
      candidateUsers: listValue(scene, model.candidateUsers),
      candidateGroups: listValue(scene, model.candidateGroups),
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(followUpAt === undefined ? {} : { followUpAt }),
      priority: Math.min(100, Math.max(0, Math.round(numberValue(scene, model.priority, 50)))),
      ...(model.formKey === undefined ? {} : { formKey: model.formKey }),
    };
    scene.run.emit({ ...created, key: scene.activate() });
    noteAssignee(scene, assignee ?? null);
  },

  resume(scene, entered) {
    scene.complete(entered);
  },
};

/** Make someone responsible for an open user task, or no one. */
export function assign(run: Run, command: Extract<Command, { readonly type: 'assignUserTask' }>): void {
  const { key, assignee, by } = command;
  run.emit(by === undefined ? { type: 'userTaskAssigned', key, assignee } : { type: 'userTaskAssigned', key, assignee, by });
  if (isUserTask(run.elementOf(key))) noteAssignee(run.scene(key) as Scene<UserTaskModel>, assignee);
}

function isUserTask(element: Element): element is Element<UserTaskModel> {
  return element.model.kind === 'userTask';
}

function noteAssignee(scene: Scene<UserTaskModel>, assignee: string | null): void {
  const { assigneeVariable } = scene.model;
  if (assigneeVariable !== undefined && assignee !== null) scene.write(variable(assigneeVariable, assignee));
}
