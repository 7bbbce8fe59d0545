import { describe, expect, it } from 'vitest';
import { feel, literal, process, tinyExpressions } from '../testing/index.js';
import type { ProcessBuilder } from '../testing/index.js';
import { compile } from './compile.js';
import { ModelInvalid } from './model-invalid.js';
import type { ModelProblem } from './model-invalid.js';
import type { FlowModel, ProcessModel } from './model.js';

function problemsOf(model: ProcessModel | ProcessBuilder): readonly ModelProblem[] {
  try {
    compile('build' in model ? model.build() : model, { expressions: tinyExpressions });
  } catch (error) {
    if (error instanceof ModelInvalid) return error.problems;
    throw error;
  }
  return [];
}

function messagesOf(model: ProcessModel | ProcessBuilder): readonly string[] {
  return problemsOf(model).map(({ message }) => message);
}

function withFlow(builder: ProcessBuilder, flow: FlowModel): ProcessModel {
  const model = builder.build();
  return { ...model, flows: [...model.flows, flow] };
}

describe('compile', () => {
  it('links every element to what surrounds it, in document order', () => {
    const { byId, starts } = compile(
      process('p').start().userTask('a').parallel('fork').end().from('fork').end('e2').boundaryTimer('late', 'a', 'PT1H').end('e3').build(),
      { expressions: tinyExpressions },
    );

    expect(starts.map(({ id }) => id)).toEqual(['start']);
    expect(byId.get('fork')!.outgoing.map(({ target }) => target.id)).toEqual(['end', 'e2']);
    expect(byId.get('a')!.incoming.map(({ source }) => source.id)).toEqual(['start']);
    expect(byId.get('a')!.boundaries.map(({ id }) => id)).toEqual(['late']);
  });

  it('compiles each expression once, and literals not at all', () => {
    const texts: string[] = [];
    const expressions = {
      compile: (expression: Parameters<typeof tinyExpressions.compile>[0]) => (
        texts.push(expression.text),
        tinyExpressions.compile(expression)
      ),
    };
    compile(
      process('p')
        .start()
        .serviceTask('a', { jobType: literal('x'), inputs: { b: 'c' } })
        .when('d')
        .userTask('e', { assignee: feel('f') })
        .end()
        .build(),
      { expressions },
    );

    expect(texts).toEqual(['c', 'f', 'd']);
  });

  it.each<[string, ProcessModel | ProcessBuilder, string]>([
    ['nowhere to start', process('p').task('a').to('a'), 'The process has nowhere to start.'],
    ['no element at all', process('p'), 'The process has nowhere to start.'],
    [
      'a sub-process with nowhere to start',
      process('p')
        .start()
        .subProcess('s', (inside) => inside.task('a').to('a'))
        .end(),
      'The sub-process s has nowhere to start.',
    ],
    ['a node no way leads to', process('p').start().end().elsewhere().task('lost'), 'No way leads to lost.'],
    ['a gateway without a way out', process('p').start().exclusive('x'), 'The gateway x has no way out.'],
    [
      'a flow from nowhere',
      withFlow(process('p').start().end(), { id: 'f', source: 'ghost', target: 'end' }),
      'The flow f comes from ghost, which does not exist.',
    ],
    [
      'a flow to nowhere',
      withFlow(process('p').start().end(), { id: 'f', source: 'start', target: 'ghost' }),
      'The flow f leads to ghost, which does not exist.',
    ],
    [
      'a flow across a border',
      withFlow(
        process('p')
          .start()
          .subProcess('s', (inside) => inside.start('in').task('a').end('out'))
          .end(),
        { id: 'f', source: 'a', target: 'end' },
      ),
      'The flow f crosses the border of a sub-process, from a to end.',
    ],
    [
      'a flow out of an end event',
      withFlow(process('p').start().task('a').end(), { id: 'f', source: 'end', target: 'a' }),
      'The flow f leaves the end event end.',
    ],
    [
      'a flow into a start event',
      withFlow(process('p').start().task('a').end(), { id: 'f', source: 'a', target: 'start' }),
      'The flow f leads to start, where no flow may arrive.',
    ],
    [
      'an id used twice',
      withFlow(process('p').start().task('a').end(), { id: 'a', source: 'start', target: 'end' }),
      'The id a is used more than once.',
    ],
    [
      'a boundary event on nothing',
      process('p').start().end().boundaryTimer('late', 'ghost', 'PT1H').end('e2'),
      'late is attached to ghost, which is no activity.',
    ],
    [
      'a boundary event on a gateway',
      process('p').start().exclusive('x').end().boundaryTimer('late', 'x', 'PT1H').end('e2'),
      'late is attached to x, which is no activity.',
    ],
    [
      'a triggered start inside a sub-process',
      process('p')
        .start()
        .subProcess('s', (inside) => inside.timerStart('in', 'duration', 'PT1H').end('out'))
        .end(),
      'in starts a sub-process, so nothing can trigger it.',
    ],
  ])('refuses %s', (_, model, message) => {
    expect(messagesOf(model)).toContain(message);
    expect(problemsOf(model).every(({ code }) => code === 'bpmn-invalid')).toBe(true);
  });

  it('leaves saying where to whoever shows the finding', () => {
    const problems = problemsOf(process('p').start().userTask('a').end().boundaryTimer('late', 'a', 'P1').end('e2').build());

    expect(problems).toMatchObject([{ code: 'timer-invalid', elementId: 'late' }]);
    expect(problems[0]!.message).not.toContain('late');
  });

  it('refuses a default flow that leaves another element', () => {
    const model = process('p').start().exclusive('x').end().build();
    const elements = model.elements.map((element) =>
      element.kind === 'exclusiveGateway' ? { ...element, defaultFlow: 'start_to_x' } : element,
    );

    expect(messagesOf({ ...model, elements })).toEqual(['The default flow start_to_x of x does not leave it.']);
  });

  it('tells every finding at once', () => {
    const model = process('p')
      .start()
      .timerCatch('wait', 'P-1D')
      .exclusive('x')
      .when('a >')
      .userTask('t', { assignee: feel('b +') })
      .end();

    expect(problemsOf(model)).toMatchObject([
      { code: 'feel-syntax', elementId: 't' },
      { code: 'feel-syntax', elementId: 'x_to_t' },
      { code: 'timer-invalid', elementId: 'wait' },
    ]);
  });

  it('reaches what only a boundary event leads to', () => {
    expect(problemsOf(process('p').start().userTask('a').end().boundaryError('oops', 'a').userTask('repair').end('e2'))).toEqual([]);
  });
});
