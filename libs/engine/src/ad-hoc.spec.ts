import { describe, expect, it } from 'vitest';
import { awaited, feel, literal, play, process } from '../testing/index.js';
import type { ProcessBuilder } from '../testing/index.js';
import type { AdHoc, ElementId } from './model.js';

// Features: E-05, E-13
// Covers: ad-hoc sub-process / parallel
// Covers: ad-hoc sub-process / sequential
// Covers: ad-hoc sub-process / completion condition

/** Somebody may phone, write (and then stamp), or visit, in any order. */
function care(adHoc: Partial<AdHoc> = {}): ProcessBuilder {
  return process('p')
    .start()
    .subProcess(
      'care',
      (inside) =>
        inside
          .userTask('phone')
          .elsewhere()
          .userTask('write')
          .userTask('stamp')
          .elsewhere()
          .userTask('visit')
          .elsewhere()
          .userTask('undo', { isForCompensation: true })
          .eventSubProcess('esp', { id: 'es', event: awaited('m') }, (deep) => deep.userTask('react').end('ee')),
      { adHoc: { ordering: 'parallel', cancelRemaining: true, ...adHoc } },
    )
    .userTask('next')
    .end();
}

function begin(run: ReturnType<typeof play>, ...elementIds: readonly ElementId[]): ReturnType<typeof play> {
  return run.send({ type: 'activateAdHoc', key: run.keyOf('care'), elementIds });
}

describe('an ad-hoc sub-process', () => {
  it('waits for somebody to start one of its activities', () => {
    const run = play(care()).start();

    expect(run.waitingAt).toEqual(['care']);
    expect(run.state.elements[0]!.waiting).toBe('adHoc');
  });

  it('begins what is started, also several at once and the same again', () => {
    const run = begin(play(care()).start(), 'visit', 'phone');
    expect(run.waitingAt).toEqual(['care', 'visit', 'phone']);

    expect(begin(run, 'phone').waitingAt).toEqual(['care', 'visit', 'phone', 'phone']);
  });

  it('goes on from one activity to the next by the flows that are drawn', () => {
    const run = begin(play(care()).start(), 'write');

    expect(run.complete('write').waitingAt).toEqual(['care', 'stamp']);
  });

  it('refuses what cannot be started: behind a flow, undoing, by an event, somewhere else', () => {
    const run = play(care()).start();

    for (const elementId of ['stamp', 'undo', 'esp', 'next', 'nothing']) {
      expect(() => begin(run, elementId)).toThrowError(expect.objectContaining({ code: 'unknown-element' }) as Error);
    }
    expect(run.waitingAt).toEqual(['care']);
  });

  it('without a condition ends when nothing more is under way', () => {
    const run = begin(play(care()).start(), 'visit', 'write');

    expect(run.complete('visit').complete('write').waitingAt).toEqual(['care', 'stamp']);
    expect(run.complete('stamp').waitingAt).toEqual(['next']);
  });

  it('can be ended by hand', () => {
    const run = begin(play(care({ completionCondition: feel('false') })).start(), 'visit');
    run.send({ type: 'completeAdHoc', key: run.keyOf('care') });

    expect(run.waitingAt).toEqual(['next']);
  });
});

describe('an ad-hoc sub-process with a completion condition', () => {
  it('ends when it is true, and takes away what is still under way', () => {
    const run = begin(play(care({ completionCondition: feel('happy = true') })).start({ happy: false }), 'phone', 'visit');

    expect(run.complete('phone', { happy: true }).waitingAt).toEqual(['next']);
    expect(run.all('elementTerminated')).toMatchObject([{ elementId: 'visit' }]);
  });

  it('or lets that be finished first, where the model says so', () => {
    const run = begin(
      play(care({ completionCondition: feel('happy = true'), cancelRemaining: false })).start({ happy: false }),
      'phone',
      'visit',
    );

    expect(run.complete('phone', { happy: true }).waitingAt).toEqual(['care', 'visit']);
    expect(run.complete('visit').waitingAt).toEqual(['next']);
  });

  it('waits for somebody to start more as long as it is false', () => {
    const run = begin(play(care({ completionCondition: feel('happy = true') })).start({ happy: false }), 'phone');
    run.complete('phone');
    expect(run.waitingAt).toEqual(['care']);
    expect(run.state.elements[0]!.waiting).toBe('adHoc');

    expect(begin(run, 'visit').complete('visit', { happy: true }).waitingAt).toEqual(['next']);
  });

  it('looks at it after each activity, not only at the end of a path', () => {
    const run = begin(play(care({ completionCondition: feel('happy = true') })).start({ happy: false }), 'write');

    expect(run.complete('write', { happy: true }).waitingAt).toEqual(['next']);
  });

  it('stops where it is neither true nor false, and goes on when that is mended', () => {
    const run = begin(play(care({ completionCondition: feel('happy') })).start({ happy: 'quite' }), 'phone');
    run.complete('phone');
    expect(run.incidents).toEqual(['condition-not-boolean']);

    run.setVariables({ happy: true }).resolve('care');
    expect(run.waitingAt).toEqual(['next']);
  });
});

describe('a sequential ad-hoc sub-process', () => {
  it('does one activity after the other, in the order they were asked for', () => {
    const run = begin(play(care({ ordering: 'sequential' })).start(), 'visit', 'phone');
    expect(run.waitingAt).toEqual(['care', 'visit']);

    begin(run, 'write');
    expect(run.complete('visit').waitingAt).toEqual(['care', 'phone']);
    expect(run.complete('phone').waitingAt).toEqual(['care', 'write']);
    expect(run.complete('write').complete('stamp').waitingAt).toEqual(['next']);
  });
});

describe('activities that an ad-hoc sub-process begins with', () => {
  it('are what a list gives', () => {
    expect(play(care({ activeElements: feel('todo') })).start({ todo: ['visit', 'phone'] }).waitingAt).toEqual(['care', 'visit', 'phone']);
    expect(play(care({ activeElements: literal('phone') })).start().waitingAt).toEqual(['care', 'phone']);
  });

  it('may be none: then it is done', () => {
    expect(play(care({ activeElements: feel('todo') })).start({ todo: [] }).waitingAt).toEqual(['next']);
  });

  it('must be there', () => {
    const run = play(care({ activeElements: feel('todo') })).start({ todo: ['stamp'] });
    expect(run.incidents).toEqual(['expression-failed']);

    expect(run.setVariables({ todo: ['visit'] }).resolve('care').waitingAt).toEqual(['care', 'visit']);
  });
});
