import { describe, expect, it } from 'vitest';
import { awaited, process, signal, times, undoneBy } from '../../testing/index.js';
import type { ProcessBuilder } from '../../testing/index.js';
import { ModelInvalid } from '../model-invalid.js';
import type { ProcessModel } from '../model.js';
import { analyze } from './analyze.js';
import { playCounterexample } from './play-counterexample.js';
import type { SoundnessReport } from './report.js';

// Features: B-02

const draw = () => process('p').start();

/** What is told, with where. Which of all situations in an endless part is told may differ. */
function told({ findings }: SoundnessReport): readonly string[] {
  return findings.map(({ code, elementIds }) => `${code} ${code === 'livelock' ? '' : elementIds.toSorted().join()}`).toSorted();
}

/** Codes of what is found, with where: `deadlock join`. All ways of looking must say the same. */
function found(drawing: ProcessBuilder | ProcessModel): readonly string[] {
  const model = 'build' in drawing ? drawing.build() : drawing;
  const whole = analyze(model, { reduce: false });
  const { findings, verdict } = analyze(model);
  const codes = (all: typeof findings) => [...new Set(all.map(({ code }) => code))].toSorted();
  expect(codes(findings)).toEqual(codes(whole.findings));
  expect(verdict).toBe(whole.verdict);
  for (const reduce of [true, false]) {
    expect(told(analyze(model, { reduce, thin: 'only' }))).toEqual(told(analyze(model, { reduce, thin: false })));
  }
  for (const { code, counterexample } of [...findings, ...whole.findings]) {
    if (counterexample === undefined) continue;
    const played = playCounterexample(model, counterexample);
    if (code === 'deadlock' || code === 'tokens-left') expect(played.isStuck).toBe(true);
    if (code === 'lack-of-synchronization') expect(played.crowded).not.toEqual([]);
    if (code === 'livelock') expect(played.instance.status).toBe('active');
  }
  return findings.map(({ code, elementIds }) => `${code} ${elementIds.join(' ')}`.trim());
}

describe('a sound process', () => {
  it('may be a sequence of tasks of all kinds', () => {
    expect(found(draw().task('a').userTask('b').serviceTask('c').receiveTask('d', 'm').timerCatch('e', 'PT1H').end())).toEqual([]);
  });

  it('may fork and join what runs in parallel', () => {
    expect(found(draw().parallel('fork').task('a').parallel('join').end().from('fork').task('b').to('join'))).toEqual([]);
  });

  it('may choose, whether conditions are written or not', () => {
    expect(found(draw().exclusive('split').when('x').task('a').exclusive('merge').end().from('split').task('b').to('merge'))).toEqual([]);
  });

  it('may choose some branches and wait for just these', () => {
    const inclusive = draw().inclusive('split').when('x').task('a').inclusive('join').end();
    expect(found(inclusive.from('split').when('y').task('b').to('join').from('split').otherwise().task('c').to('join'))).toEqual([]);
  });

  it('may end at several places', () => {
    expect(found(draw().parallel('fork').task('a').end('e1').from('fork').task('b').end('e2'))).toEqual([]);
  });

  it('may go back as often as it likes, if it can go on', () => {
    expect(found(draw().exclusive('again').task('a').exclusive('enough').when('x').to('again').from('enough').otherwise().end())).toEqual(
      [],
    );
    expect(found(draw().exclusive('again').exclusive('enough').when('x').to('again').from('enough').otherwise().end())).toEqual([]);
  });

  it('may repeat an activity per item, in a loop, and with a condition that ends it early', () => {
    const many = draw()
      .userTask('each', { loop: times(5) })
      .userTask('some', { loop: times('n', { completionCondition: { language: 'feel', text: 'done' } }) });
    expect(
      found(many.subProcess('all', (inside) => inside.start('s').task('t').end('e'), { loop: times('n', { sequential: true }) }).end()),
    ).toEqual([]);
    const loop = { kind: 'standard', testBefore: true, condition: { language: 'feel', text: 'more' } } as const;
    expect(found(draw().task('a', { loop }).end())).toEqual([]);
  });

  it('may leave a task by whatever interrupts it', () => {
    const model = draw().userTask('a').exclusive('merge').end().boundaryTimer('late', 'a', 'P1D').task('hurry').to('merge');
    expect(found(model.boundaryError('failed', 'a', { errorCode: 'E' }).to('merge'))).toEqual([]);
  });

  it('may remind somebody beside the main course', () => {
    expect(
      found(draw().userTask('a').end().boundaryTimer('nag', 'a', 'P1D', { interrupting: false }).task('remind').end('reminded')),
    ).toEqual([]);
  });

  it('may catch errors, escalations and signals where they are thrown', () => {
    const inside = (b: ProcessBuilder) =>
      b
        .start('s')
        .exclusive('x')
        .when('a')
        .errorEnd('bad', 'E')
        .from('x')
        .otherwise()
        .ends('told', { type: 'escalation', escalationCode: 'C' });
    const model = draw().subProcess('sub', inside).end().boundaryError('on', 'sub', { errorCode: 'E' }).end('e2');
    expect(found(model.boundary('up', 'sub', { type: 'escalation', escalationCode: 'C' }, { interrupting: false }).end('e3'))).toEqual([]);
  });

  it('may wait for whichever event comes first', () => {
    const model = draw().eventBased('first').catches('paid', awaited('paid')).exclusive('merge').end();
    expect(found(model.from('first').timerCatch('late', 'P1D').task('remind').to('merge'))).toEqual([]);
  });

  it('may end with an error nobody catches, or terminate what else runs', () => {
    expect(found(draw().parallel('fork').task('a').terminate('stop').from('fork').task('b').end())).toEqual([]);
    expect(found(draw().exclusive('x').when('bad').errorEnd('failed', 'E').from('x').otherwise().end())).toEqual([]);
  });

  it('may undo what it did', () => {
    const model = draw().task('book').throws('undo', { type: 'compensation' }).end().boundary('done', 'book', undoneBy('cancel'));
    expect(found(model.elsewhere().task('cancel', { isForCompensation: true }))).toEqual([]);
  });

  it('may start by several events, and be interrupted by others', () => {
    const started = process('p').messageStart('m', 'go').task('a').exclusive('merge').end().timerStart('t', 'duration', 'PT1H').to('merge');
    expect(found(started.eventSubProcess('stop', { id: 'on', event: signal('stop') }, (b) => b.task('tidy').end('tidied')))).toEqual([]);
  });

  it('may let people choose what to do in which order', () => {
    const inside = (b: ProcessBuilder) => b.userTask('a').task('b').elsewhere().userTask('c');
    expect(
      found(
        draw()
          .subProcess('any', inside, { adHoc: { ordering: 'parallel', cancelRemaining: true } })
          .end(),
      ),
    ).toEqual([]);
  });

  it('may go on as soon as enough have come', () => {
    const model = draw().parallel('fork').task('a').complex('enough', 'activationCount >= 2').end();
    expect(found(model.from('fork').task('b').to('enough').from('fork').task('c').to('enough'))).toEqual([]);
  });
});

describe('deadlock', () => {
  it('is a parallel join behind a choice', () => {
    const model = draw().exclusive('split').when('x').task('a').parallel('join').end().from('split').otherwise().task('b').to('join');
    expect(found(model)).toEqual(['deadlock join', 'unreachable-end end', 'dead-element end']);
    expect(analyze(model.build()).findings[0]).toMatchObject({
      severity: 'error',
      message: 'Deadlock: tokens wait at join and nothing can move them. No token can come any more on b_to_join (from b).',
      counterexample: [
        { type: 'start', elementId: 'start', choices: [{ question: 'flow:split_to_a', value: true }] },
        { type: 'complete', elementId: 'a', nth: 0, choices: [] },
      ],
    });
  });

  it('is a join that an interrupting event leaves waiting', () => {
    const late = draw().parallel('fork').userTask('a').exclusive('merge').parallel('join').end();
    late.from('fork').task('b').to('join').boundaryTimer('late', 'a', 'P1D');
    expect(found(late.task('hurry').to('merge'))).toEqual([]);
    const left = draw().parallel('fork').userTask('a').parallel('join').end().from('fork').task('b').to('join');
    expect(found(left.boundaryTimer('late', 'a', 'P1D').end('gave-up'))).toEqual(['tokens-left join']);
  });

  it('is seen inside a sub-process', () => {
    const inside = (b: ProcessBuilder) =>
      b.start('s').exclusive('split').when('x').parallel('join').end('e').from('split').otherwise().to('join');
    expect(found(draw().subProcess('sub', inside).end())[0]).toBe('deadlock join');
  });

  it('is a join that a loop leads back into', () => {
    const model = draw().parallel('join').task('a').exclusive('enough').when('x').to('join').from('enough').otherwise().end();
    expect(found(model)[0]).toBe('deadlock join');
  });

  it('is an activity that needs more tokens than come', () => {
    expect(found(draw().task('pack', { startQuantity: 2 }).end())[0]).toBe('deadlock pack');
  });
});

describe('tokens left behind', () => {
  it('are those of a join whose other branch ended by itself', () => {
    const model = draw()
      .parallel('fork')
      .exclusive('split')
      .when('x')
      .parallel('join')
      .end('e1')
      .from('split')
      .otherwise()
      .end('e2')
      .from('fork')
      .task('a')
      .to('join');
    expect(found(model)).toEqual(['tokens-left join']);
  });
});

describe('lack of synchronization', () => {
  it('is a merge behind a fork', () => {
    const model = draw().parallel('fork').task('a').exclusive('merge').task('c').end().from('fork').task('b').to('merge');
    expect(found(model).map((one) => one.split(' ')[0])).toContain('lack-of-synchronization');
  });

  it('shows at the end, too, when the branches come one after the other', () => {
    expect(found(draw().parallel('fork').task('a').exclusive('merge').end().from('fork').task('b').to('merge'))).toEqual([
      'lack-of-synchronization end',
    ]);
  });

  it('is a reminder that goes on as if it were the task', () => {
    const model = draw()
      .userTask('a')
      .exclusive('merge')
      .task('b')
      .end()
      .boundaryTimer('nag', 'a', 'P1D', { interrupting: false })
      .to('merge');
    expect(found(model).join()).toContain('lack-of-synchronization');
  });

  it('is a fork that a loop goes through again', () => {
    const model = draw()
      .exclusive('again')
      .parallel('fork')
      .task('a')
      .end('e1')
      .from('fork')
      .task('b')
      .exclusive('x')
      .when('y')
      .to('again')
      .from('x')
      .otherwise()
      .end('e2');
    expect(found(model).join()).toContain('lack-of-synchronization');
  });

  it('is only noted beside the main course, where it disturbs nobody', () => {
    const model = draw().exclusive('again').userTask('a').exclusive('x').when('y').to('again').from('x').otherwise().end();
    const report = analyze(model.boundaryTimer('nag', 'a', 'P1D', { interrupting: false }).userTask('remind').end('reminded').build());
    expect(report.findings.map(({ severity, code }) => `${severity} ${code}`)).toContain('info lack-of-synchronization');
    expect(report.verdict).toBe('sound');
  });
});

describe('livelock', () => {
  it('is a loop that nothing leaves', () => {
    expect(found(draw().exclusive('again').task('a').to('again'))).toEqual(['livelock a', 'unreachable-end']);
  });

  it('is one of gateways alone, too', () => {
    expect(found(draw().exclusive('again').exclusive('back').to('again'))[0]).toMatch(/^livelock/);
  });

  it('is a part that cannot be left any more', () => {
    const model = draw().exclusive('x').when('y').end().from('x').otherwise().exclusive('again').task('a').task('b').to('again');
    expect(found(model)).toEqual(['livelock a']);
  });

  it('is a loop of an activity that nothing ends', () => {
    expect(
      found(
        draw()
          .task('a', { loop: { kind: 'standard', testBefore: false } })
          .end(),
      ).join(),
    ).toContain('livelock');
  });
});

describe('a dead element', () => {
  it('is what follows an event that never happens', () => {
    const model = draw()
      .subProcess('sub', (b) => b.start('s').timerCatch('wait', 'PT1H').end('e'))
      .end()
      .boundaryError('on', 'sub', { errorCode: 'E' })
      .task('mend')
      .end('mended');
    expect(found(model)).toEqual(['dead-element on mend mended']);
  });

  it('is a join that never has all its tokens, even if something else always ends the instance', () => {
    const model = draw().parallel('fork').errorEnd('bad', 'E').from('fork').exclusive('split').when('x').task('a').parallel('join').end();
    expect(found(model.from('split').otherwise().task('b').to('join'))).toEqual(['dead-element join end']);
  });

  it('is not one that only compensation brings to life', () => {
    const model = draw()
      .task('book')
      .end()
      .boundary('done', 'book', undoneBy('cancel'))
      .elsewhere()
      .task('cancel', { isForCompensation: true });
    expect(found(model)).toEqual([]);
  });
});

describe('the search', () => {
  it('says so when there is more than it looks at', () => {
    const { verdict, findings } = analyze(
      draw().parallel('fork').task('a').parallel('join').end().from('fork').task('b').to('join').build(),
      { maxStates: 2, reduce: false },
    );
    expect(verdict).toBe('undecided');
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['warning undecided']);
  });

  it('takes sound parts for one activity, so that many branches are no trouble', () => {
    const model = draw().parallel('fork');
    model.task('a0').parallel('join').end();
    for (let branch = 1; branch < 40; branch++)
      model.from('fork').task(`a${branch}`).userTask(`b${branch}`).timerCatch(`c${branch}`, 'PT1H').to('join');
    expect(analyze(model.build())).toEqual({ verdict: 'sound', findings: [], states: 2 });
  });

  it('goes through the parts it took together when it tells how to get to a mistake', () => {
    const model = draw()
      .task('a')
      .parallel('f')
      .task('b')
      .parallel('j')
      .exclusive('x')
      .when('y')
      .parallel('join')
      .end()
      .from('f')
      .task('c')
      .to('j')
      .from('x')
      .otherwise()
      .to('join')
      .build();
    const [deadlock] = analyze(model).findings;
    expect(deadlock?.counterexample?.map((action) => ('elementId' in action ? action.elementId : ''))).toEqual(['start', 'a', 'b', 'c']);
  });

  it('is for processes that compile', () => {
    expect(() => analyze(process('p').task('a').elsewhere().exclusive('x').build())).toThrowError(ModelInvalid);
  });
});
