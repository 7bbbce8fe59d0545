import type { UserTask } from '@baton/contracts';
import { describe, expect, it } from 'vitest';
import { readInboxSearch } from './inbox-search.js';
import { neighborOf } from './neighbors.js';
import { byUrgency } from './useTasks.js';
import { whyInWords } from './why.js';

describe('the inbox', () => {
  it('puts the most urgent first: by priority, then what is due, then what is older', () => {
    const tasks = [
      task('old', { createdAt: '2026-01-01T00:00:00Z' }),
      task('due', { dueAt: '2026-02-01T00:00:00Z', createdAt: '2026-01-03T00:00:00Z' }),
      task('new', { createdAt: '2026-01-02T00:00:00Z' }),
      task('urgent', { priority: 90, createdAt: '2026-01-04T00:00:00Z' }),
    ];
    expect(byUrgency(tasks).map(({ id }) => id)).toEqual(['urgent', 'due', 'old', 'new']);
  });

  it('says why a task is here by the strongest reason', () => {
    expect(whyInWords(['assignee', 'candidate-group:sales'])).toBe('It is assigned to you.');
    expect(whyInWords(['candidate-group:sales', 'candidate-group:accounting'])).toBe('Your groups sales and accounting can do it.');
  });

  it('goes on to the task that takes the place of the completed one', () => {
    const ids = ['a', 'b', 'c'];
    expect(neighborOf(ids, 'b')).toBe('c');
    expect(neighborOf(ids, 'c')).toBe('b');
    expect(neighborOf(['a'], 'a')).toBeUndefined();
    expect(neighborOf(ids, 'gone')).toBe('a');
  });

  it('reads its address with suspicion', () => {
    expect(readInboxSearch({ view: 'mine', task: '7' })).toEqual({ view: 'mine', task: '7' });
    expect(readInboxSearch({ view: 'everything', task: 7 })).toEqual({});
  });
});

function task(id: string, parts: Partial<UserTask>): UserTask {
  return {
    id,
    processInstanceId: 'i',
    processId: 'p',
    processName: 'P',
    processDefinitionId: 'd',
    elementId: 'e',
    name: id,
    state: 'open',
    assignee: null,
    candidateUsers: [],
    candidateGroups: [],
    createdAt: '2026-01-01T00:00:00Z',
    priority: 50,
    why: [],
    ...parts,
  };
}
