import { describe, expect, it } from 'vitest';
import { abilityOf } from '../platform/policy.js';
import type { Principal } from '../platform/principal.js';
import type { TaskRecord } from './user-tasks.repository.js';
import { whySeenBy } from './why.js';

const reader = (username: string, groups: string[] = [], roles: Parameters<typeof abilityOf>[0] = ['member']): Principal =>
  ({ username, groups, roles, ability: abilityOf(roles) }) as unknown as Principal;

const record = (task: object, completedBy: string | null = null): TaskRecord =>
  ({ task: { assignee: null, candidateUsers: [], candidateGroups: [], ...task }, completedBy }) as unknown as TaskRecord;

describe('why somebody sees a task', () => {
  it('says every reason', () => {
    const task = record({ assignee: 'mary', candidateUsers: ['mary'], candidateGroups: ['management', 'sales', 'it'] });

    expect(whySeenBy(reader('mary', ['management', 'sales']), task)).toEqual([
      'assignee',
      'candidate-user',
      'candidate-group:management',
      'candidate-group:sales',
    ]);
  });

  it('has none for those it is not for', () => {
    expect(whySeenBy(reader('john', ['sales']), record({ candidateGroups: ['management'] }))).toEqual([]);
    expect(whySeenBy(reader('john'), record({ assignee: 'mary' }))).toEqual([]);
  });

  it('shows a task that names nobody to everyone, and what somebody completed to them', () => {
    expect(whySeenBy(reader('john'), record({}))).toEqual(['anyone']);
    expect(whySeenBy(reader('john'), record({ candidateUsers: ['mary'] }, 'john'))).toEqual(['completed-by']);
  });

  it('shows every task to operators and administrators', () => {
    for (const role of ['operator', 'administrator'] as const) {
      expect(whySeenBy(reader('ada', [], [role]), record({ assignee: 'mary' }))).toEqual(['supervisor']);
    }
  });
});
