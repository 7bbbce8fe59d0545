import { newInstance } from '@baton/engine';
import type { Event, Instance } from '@baton/engine';
import { describe, expect, it } from 'vitest';
import { overlayOf } from './overlay.js';

describe('the overlay', () => {
  it('tells where tokens are from where they were', () => {
    const overlay = overlayOf(instance({ elements: [{ key: 2, elementId: 'approve', scope: 0, waiting: 'userTask' }] }), [
      { type: 'elementPassed', key: 1, elementId: 'start', scope: 0 },
      { ...entered(2, 'approve'), via: 'f1' },
    ]);
    expect(overlay.elements.get('start')).toEqual({ state: 'visited', tokens: 0, visits: 1 });
    expect(overlay.elements.get('approve')).toEqual({ state: 'active', tokens: 1, visits: 1 });
    expect(overlay.flows.get('f1')).toBe(1);
    expect(overlay.elements.has('archive')).toBe(false);
  });

  it('shows a token that only passed where it was, as long as one looks back', () => {
    const events: Event[] = [{ type: 'elementPassed', key: 1, elementId: 'gate', scope: 0, via: 'f1' }];
    expect(overlayOf(instance({}), events, true).elements.get('gate')).toEqual({ state: 'active', tokens: 1, visits: 1 });
    expect(overlayOf(instance({}), events).elements.get('gate')).toEqual({ state: 'visited', tokens: 0, visits: 1 });
    expect(overlayOf(instance({}), events).flows.get('f1')).toBe(1);
  });

  it('shows the token inside a sub-process, not on its frame', () => {
    const overlay = overlayOf(
      instance({
        elements: [
          { key: 1, elementId: 'part', scope: 0, waiting: 'scope' },
          { key: 2, elementId: 'inside', scope: 1, waiting: 'userTask' },
        ],
      }),
      [entered(1, 'part'), entered(2, 'inside', 1)],
    );
    expect(overlay.elements.get('part')).toMatchObject({ state: 'active', tokens: 0 });
    expect(overlay.elements.get('inside')).toMatchObject({ state: 'active', tokens: 1 });
  });

  it('marks an incident above everything else, and counts returns', () => {
    const overlay = overlayOf(
      instance({
        elements: [{ key: 3, elementId: 'check', scope: 0 }],
        incidents: [{ key: 4, host: 3, elementId: 'check', code: 'expression-failed', message: 'No value' }],
      }),
      [entered(1, 'check'), entered(3, 'check')],
    );
    expect(overlay.elements.get('check')).toEqual({ state: 'incident', tokens: 1, visits: 2 });
  });
});

function instance(parts: Partial<Instance>): Instance {
  return { ...newInstance(), ...parts };
}

function entered(key: number, elementId: string, scope = 0): Extract<Event, { type: 'elementActivated' }> {
  return { type: 'elementActivated', key, elementId, scope };
}
