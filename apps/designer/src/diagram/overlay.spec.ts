import { newInstance } from '@baton/engine';
import type { Event, Instance } from '@baton/engine';
import { describe, expect, it } from 'vitest';
import { overlayOf } from './overlay.js';

describe('the overlay', () => {
  it('tells where tokens are from where they were', () => {
    const overlay = overlayOf(instance({ elements: { 2: { elementId: 'approve', scope: 0, waiting: 'userTask' } } }), [
      entered(1, 'start'),
      { type: 'flowTaken', flowId: 'f1', scope: 0 },
      entered(2, 'approve'),
    ]);
    expect(overlay.elements.get('start')).toEqual({ state: 'visited', tokens: 0, visits: 1 });
    expect(overlay.elements.get('approve')).toEqual({ state: 'active', tokens: 1, visits: 1 });
    expect(overlay.flows.get('f1')).toBe(1);
    expect(overlay.elements.has('archive')).toBe(false);
  });

  it('shows the token inside a sub-process, not on its frame', () => {
    const overlay = overlayOf(
      instance({
        elements: { 1: { elementId: 'part', scope: 0, waiting: 'scope' }, 2: { elementId: 'inside', scope: 1, waiting: 'userTask' } },
      }),
      [entered(1, 'part'), entered(2, 'inside', 1)],
    );
    expect(overlay.elements.get('part')).toMatchObject({ state: 'active', tokens: 0 });
    expect(overlay.elements.get('inside')).toMatchObject({ state: 'active', tokens: 1 });
  });

  it('marks an incident above everything else, and counts returns', () => {
    const overlay = overlayOf(
      instance({
        elements: { 3: { elementId: 'check', scope: 0 } },
        incidents: { 4: { key: 3, elementId: 'check', code: 'expression-failed', message: 'No value' } },
      }),
      [entered(1, 'check'), entered(3, 'check')],
    );
    expect(overlay.elements.get('check')).toEqual({ state: 'incident', tokens: 1, visits: 2 });
  });
});

function instance(parts: Partial<Instance>): Instance {
  return { ...newInstance(), ...parts };
}

function entered(key: number, elementId: string, scope = 0): Event {
  return { type: 'elementActivated', key, elementId, scope };
}
