import { describe, expect, it } from 'vitest';
import { feel, literal, play, PLAY_STARTS_AT, process } from '../../testing/index.js';
import { get } from '../table.js';

// Features: E-03, H-01

describe('user task', () => {
  it('waits for a person and writes what they entered', () => {
    const run = play(process('p').start().userTask('approve', { name: 'Approve it' }).end()).start({ amount: 5 });

    expect(run.all('userTaskCreated')).toMatchObject([{ name: 'Approve it', priority: 50, candidateGroups: [], candidateUsers: [] }]);
    expect(run.complete('approve', { approved: true }).status).toBe('completed');
    expect(run.variables).toEqual({ amount: 5, approved: true });
    expect(run.all('userTaskCompleted')).toHaveLength(1);
  });

  it('offers itself to groups, given as a list or as text with commas', () => {
    const task = process('p')
      .start()
      .userTask('approve', { candidateGroups: feel('groups'), candidateUsers: literal('ann, bob') })
      .end();

    expect(
      play(task)
        .start({ groups: ['sales', 'finance'] })
        .all('userTaskCreated')[0]!.candidateGroups,
    ).toEqual(['sales', 'finance']);
    expect(play(task).start({ groups: 'sales, finance' }).all('userTaskCreated')[0]).toMatchObject({
      candidateGroups: ['sales', 'finance'],
      candidateUsers: ['ann', 'bob'],
    });
  });

  it('knows when it is due, by an instant or a duration from now', () => {
    const run = play(
      process('p')
        .start()
        .userTask('approve', { dueAt: feel('due'), followUpAt: literal('PT1H'), priority: literal('80') })
        .end(),
    ).start({
      due: '2026-03-02T00:00:00Z',
    });

    expect(run.all('userTaskCreated')[0]).toMatchObject({
      dueAt: PLAY_STARTS_AT + 15 * 3_600_000,
      followUpAt: PLAY_STARTS_AT + 3_600_000,
      priority: 80,
    });
  });

  it('notes its assignee in a variable, at first and on every change', () => {
    const run = play(
      process('p')
        .start()
        .userTask('approve', { assignee: feel('boss'), assigneeVariable: 'approver' })
        .end(),
    ).start({ boss: 'ann' });
    expect(run.variables).toEqual({ boss: 'ann', approver: 'ann' });

    run.assign('approve', 'bob');
    expect(run.variables['approver']).toBe('bob');

    run.assign('approve', null);
    expect(run.variables['approver']).toBe('bob');
    expect(get(run.state.elements, run.keyOf('approve')).assignee).toBeUndefined();
  });

  it('is nobody’s when the assignee is null', () => {
    const run = play(
      process('p')
        .start()
        .userTask('approve', { assignee: feel('boss'), assigneeVariable: 'approver' })
        .end(),
    ).start();

    expect(run.all('userTaskCreated')[0]).not.toHaveProperty('assignee');
    expect(run.variables).toEqual({});
  });

  it('stops with an incident when an expression gives nonsense, and is tried again', () => {
    const run = play(
      process('p')
        .start()
        .userTask('approve', { dueAt: feel('due') })
        .end(),
    ).start({ due: 'tomorrow' });
    expect(run.incidents).toEqual(['timer-invalid']);

    run.setVariables({ due: '2026-03-02' }).resolve('approve');
    expect(run.incidents).toEqual([]);
    expect(run.all('userTaskCreated')).toHaveLength(1);
  });

  it('is not done twice when only the way out failed', () => {
    const run = play(
      process('p')
        .start()
        .userTask('approve', { outputs: { total: 'amount + 1' } })
        .end(),
    )
      .start()
      .complete('approve', { amount: 'ten' });
    expect(run.incidents).toEqual(['expression-failed']);
    expect(run.all('incidentCreated')[0]!.retry).toBe('leave');

    run.setVariables({ amount: 10 }, run.keyOf('approve')).resolve('approve');
    expect(run.status).toBe('completed');
    expect(run.variables).toEqual({ total: 11 });
    expect(run.all('userTaskCreated')).toHaveLength(1);
  });
});
