import { compile, newInstance, step, type Process } from '@baton/engine';
import { process, type ProcessBuilder } from '@baton/engine/testing';
import { decisionPort } from '@baton/decisions';
import { expressions } from '@baton/expressions';
import { describe, expect, it } from 'vitest';
import { rowId } from '../row-id.js';
import { Changes } from './changes.js';
import { collectChanges } from './collect-changes.js';
import type { StepCommand } from './load-batch.js';
import { stepInstance } from './stepped.js';

// Features: E-13, R-08

const ID = '01900000-0000-7000-8000-000000000100';
const NOW = 1_700_000_000_000;
const built = (drawn: ProcessBuilder): Process => compile(drawn.build(), { expressions, decisions: decisionPort([]) });
const OLD = built(process('p').start().userTask('do').serviceTask('send').end());
const NEW = built(process('p').start().userTask('approve').serviceTask('deliver').end());

/** An instance that waits at its first task takes these commands in one batch. */
function take(...commands: readonly StepCommand[]) {
  const { instance } = step(OLD, newInstance(), { type: 'start', at: NOW, variables: {} });
  const { key } = instance.elements[0]!;
  const loaded = {
    tenantId: 'tenant',
    id: ID,
    revision: '1',
    definitionId: 'old',
    instance,
    parentKey: null,
    callDepth: 0,
    startedBy: null,
    incoming: commands.map((command) => ({ command: 'key' in command ? { ...command, key } : command })),
  };
  const definition = (id: string) => ({ id, processId: 'p', version: 1, process: id === 'old' ? OLD : NEW });
  const stepped = stepInstance(loaded, definition);
  const changes = new Changes();
  collectChanges(stepped, new Set(), changes);
  return { changes, stepped, task: rowId(ID, key) };
}

const migrate = (mapping: Record<string, string>): StepCommand => ({ type: 'migrate', at: NOW, targetDefinitionId: 'new', mapping });
const complete: StepCommand = { type: 'completeUserTask', at: NOW, key: 0, variables: {} };
const RENAMED = { do: 'approve', send: 'deliver' };

describe('a migration in a batch', () => {
  it('takes along what waits', () => {
    const { changes, task } = take(migrate(RENAMED));
    expect(changes.migrated).toEqual([{ tenantId: 'tenant', instanceId: ID, definitionId: 'new' }]);
    expect(changes.places).toMatchObject([{ id: task, elementId: 'approve', definitionId: 'new', processId: 'p' }]);
    expect(changes.tasksCanceled).toEqual([]);
  });

  it('gives what an answer before it has made its new name', () => {
    const { changes } = take(complete, migrate(RENAMED));
    expect(changes.tasksCompleted).toHaveLength(1);
    expect(changes.jobs).toMatchObject([{ definitionId: 'new', payload: { elementId: 'deliver' } }]);
  });

  it('lets an answer after it go on in the new version', () => {
    const { changes, stepped } = take(migrate(RENAMED), complete);
    expect(changes.tasksCompleted).toHaveLength(1);
    expect(changes.jobs).toMatchObject([{ definitionId: 'new', payload: { elementId: 'deliver' } }]);
    expect(stepped.definition.id).toBe('new');
  });

  it('that is refused tells every reason, and the rest is taken by the old version', () => {
    const { changes, stepped } = take(migrate({}), complete);
    expect(stepped.refused).toMatchObject([{ code: 'migration-unsafe', errors: [{ code: 'element-missing', elementId: 'do' }] }]);
    expect(changes.migrated).toEqual([]);
    expect(changes.jobs).toMatchObject([{ definitionId: 'old', payload: { elementId: 'send' } }]);
  });
});
