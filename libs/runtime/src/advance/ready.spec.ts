import { describe, expect, it } from 'vitest';
import { ReadyInstances, type Answer } from './ready.js';

// Features: E-11, E-15

const answer = (key: number): Answer => ({ type: 'done', jobId: `job-${key}`, key, epoch: 1, variables: {} });
const ids = (batch: readonly { readonly instanceId: string }[]) => batch.map(({ instanceId }) => instanceId);

describe('instances that are ready', () => {
  it('wait once each, in the order they became ready', () => {
    const ready = new ReadyInstances();
    for (const id of ['a', 'b', 'a', 'c']) ready.add('tenant', id);
    expect(ready.size).toBe(3);
    expect(ids(ready.take(2))).toEqual(['a', 'b']);
    expect(ids(ready.take(2))).toEqual(['c']);
    expect(ready.take(2)).toEqual([]);
  });

  it('are never in two batches at the same time', () => {
    const ready = new ReadyInstances();
    ready.add('tenant', 'a');
    const first = ready.take(10);
    ready.add('tenant', 'a').answers.push(answer(1));
    ready.add('tenant', 'b');
    expect(ids(ready.take(10))).toEqual(['b']);
    expect(ready.size).toBe(1);
    ready.done(first);
    expect(ready.take(10)).toMatchObject([{ instanceId: 'a', answers: [answer(1)] }]);
  });

  it('gather what only this worker knows about them', () => {
    const ready = new ReadyInstances();
    ready.add('tenant', 'a').timers.add('timer-1');
    ready.add('tenant', 'a').answers.push(answer(1));
    ready.add('tenant', 'a').timers.add('timer-1').add('timer-2');
    const [one] = ready.take(1);
    expect(one).toEqual({ tenantId: 'tenant', instanceId: 'a', answers: [answer(1)], timers: new Set(['timer-1', 'timer-2']) });
  });

  it('that could not be written keep their answers, before those that came since', () => {
    const ready = new ReadyInstances();
    ready.add('tenant', 'a').answers.push(answer(1));
    const batch = ready.take(1);
    ready.add('tenant', 'a').answers.push(answer(2));
    for (const one of batch) ready.putBack(one);
    ready.done(batch);
    expect(ready.take(1)).toMatchObject([{ answers: [answer(1), answer(2)] }]);
  });

  it('keep their place behind busy ones: a batch takes as many as it may', () => {
    const ready = new ReadyInstances();
    for (const id of ['a', 'b', 'c', 'd']) ready.add('tenant', id);
    const busy = ready.take(2);
    for (const { instanceId } of busy) ready.add('tenant', instanceId);
    ready.add('tenant', 'e');
    expect(ids(ready.take(2))).toEqual(['c', 'd']);
    expect(ids(ready.take(2))).toEqual(['e']);
    ready.done(busy);
    expect(ids(ready.take(9))).toEqual(['a', 'b']);
  });
});
