import { describe, expect, it } from 'vitest';
import { after, awaited, becomes, process, sent, signal, tinyExpressions, undoneBy } from '../testing/index.js';
import type { ProcessBuilder } from '../testing/index.js';
import { compile } from '../src/compile.js';
import { ModelInvalid } from '../src/model-invalid.js';
import type {
  BoundaryEventDefinition,
  CatchEventDefinition,
  ElementModel,
  EndEventDefinition,
  EventDefinition,
  StartEventDefinition,
  ThrowEventDefinition,
} from '../src/model.js';
import { Simulation } from '../src/simulation/simulation.js';

// Features: E-04, M-01

/**
 * Every trigger at every place, as BPMN 2.0.2 allows it (table 10.93 and 10.5). `tools/coverage/bpmn.mjs` reads this table, too.
 *
 * ✓ fires · ✗ is refused by `compile` · ≈ is not in the standard and taken for its allowed neighbor · – cannot be written in a model
 */
const MATRIX = `
| trigger           | start | event sub-process, interrupting | event sub-process, beside | catch | boundary, interrupting | boundary, beside | throw | end |
| none              | ✓     | ✗                               | ✗                         | –     | –                      | –                | ✓     | ✓   |
| message           | ✓     | ✓                               | ✓                         | ✓     | ✓                      | ✓                | ✓     | ✓   |
| timer             | ✓     | ✓                               | ✓                         | ✓     | ✓                      | ✓                | –     | –   |
| error             | ✗     | ✓                               | ≈                         | –     | ✓                      | ≈                | –     | ✓   |
| escalation        | ✗     | ✓                               | ✓                         | –     | ✓                      | ✓                | ✓     | ✓   |
| cancel            | –     | –                               | –                         | –     | ✓                      | ≈                | –     | ✓   |
| compensation      | ✗     | ✓                               | ≈                         | –     | ✓                      | ≈                | ✓     | ✓   |
| conditional       | ✓     | ✓                               | ✓                         | ✓     | ✓                      | ✓                | –     | –   |
| link              | –     | –                               | –                         | ✓     | –                      | –                | ✓     | –   |
| signal            | ✓     | ✓                               | ✓                         | ✓     | ✓                      | ✓                | ✓     | ✓   |
| terminate         | –     | –                               | –                         | –     | –                      | –                | –     | ✓   |
| multiple          | ✓     | ✓                               | ✓                         | ✓     | ✓                      | ✓                | ✓     | ✓   |
| parallel multiple | ✓     | ✓                               | ✓                         | ✓     | ✓                      | ✓                | ≈     | ≈   |
`;

interface Cell {
  readonly trigger: string;
  readonly position: string;
  readonly mark: string;
}

const [head, ...rows] = MATRIX.trim()
  .split('\n')
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((text) => text.trim()),
  );
const cells: readonly Cell[] = rows.flatMap(([trigger, ...marks]) =>
  marks.map((mark, index) => ({ trigger: trigger!, position: head![index + 1]!, mark })),
);

/** Caught events, by the name of their trigger. All of them come about by `occurs`. */
const caught: Readonly<Record<string, EventDefinition>> = {
  none: { type: 'none' },
  message: awaited('m'),
  timer: after('PT1H'),
  error: { type: 'error', errorCode: 'E' },
  escalation: { type: 'escalation', escalationCode: 'E' },
  cancel: { type: 'cancel' },
  compensation: { type: 'compensation' },
  conditional: becomes('ready = true'),
  link: { type: 'link', name: 'L' },
  signal: signal('s'),
  multiple: { type: 'multiple', parallel: false, events: [awaited('m'), signal('s')] },
  'parallel multiple': { type: 'multiple', parallel: true, events: [awaited('m'), signal('s')] },
};

const thrown: Readonly<Record<string, EventDefinition>> = {
  ...caught,
  message: sent('m'),
  terminate: { type: 'terminate' },
  multiple: { type: 'multiple', parallel: false, events: [sent('m'), signal('s')] },
  'parallel multiple': { type: 'multiple', parallel: true, events: [sent('m'), signal('s')] },
};

/** What makes each trigger come about, in a world where `work` is under way. */
const occurs: Readonly<Record<string, (world: World) => void>> = {
  none: () => {},
  message: ({ simulation }) => simulation.publish({ name: 'm', variables: {} }),
  timer: ({ simulation }) => simulation.skipToNextTimer(),
  error: (world) => world.answer('work', 'throwError'),
  escalation: (world) => world.answer('work', 'throwEscalation'),
  cancel: (world) => world.answer('work', 'completeUserTask'),
  compensation: (world) => world.answer('work', 'completeUserTask'),
  conditional: ({ simulation }) => {
    const [first] = simulation.instances;
    if (first === undefined) simulation.offer({ ready: true });
    else simulation.send(first.id, { type: 'setVariables', at: simulation.now, scope: 0, variables: { ready: true } });
  },
  link: () => {},
  signal: ({ simulation }) => simulation.throwSignal('s'),
  multiple: ({ simulation }) => simulation.throwSignal('s'),
  'parallel multiple': ({ simulation }) => {
    simulation.publish({ name: 'm', variables: {} });
    simulation.throwSignal('s');
  },
};

/** A process with an event at one place. When it has fired, `after` waits; `work` still does if the event stands beside it. */
const drawn: Readonly<Record<string, (trigger: string) => ProcessBuilder>> = {
  start: (trigger) =>
    process('p')
      .start('x', { event: caught[trigger] as StartEventDefinition })
      .userTask('after')
      .end(),
  'event sub-process, interrupting': (trigger) => withEventSubProcess(process('p'), trigger, true),
  'event sub-process, beside': (trigger) => withEventSubProcess(process('p'), trigger, false),
  catch: (trigger) =>
    trigger === 'link'
      ? process('p')
          .start()
          .throws('out', { type: 'link', name: 'L' })
          .elsewhere()
          .catches('x', { type: 'link', name: 'L' })
          .userTask('after')
          .end()
      : process('p')
          .start()
          .catches('x', caught[trigger] as CatchEventDefinition)
          .userTask('after')
          .end(),
  'boundary, interrupting': (trigger) => withBoundary(trigger, true),
  'boundary, beside': (trigger) => withBoundary(trigger, false),
  throw: (trigger) =>
    around(trigger, (at) =>
      at
        .throws('x', thrown[trigger] as ThrowEventDefinition)
        .userTask('next')
        .end('inEnd'),
    ),
  end: (trigger) => around(trigger, (at) => at.ends('x', thrown[trigger] as EndEventDefinition)),
};

function withEventSubProcess(builder: ProcessBuilder, trigger: string, interrupting: boolean): ProcessBuilder {
  const start = { id: 'x', event: caught[trigger] as StartEventDefinition, interrupting };
  if (trigger !== 'compensation') {
    return builder
      .start()
      .userTask('work')
      .end()
      .eventSubProcess('esp', start, (inside) => inside.userTask('after').end('e2'));
  }
  return builder
    .start()
    .subProcess('sub', (inside) =>
      inside
        .start('in')
        .userTask('work')
        .end('out')
        .eventSubProcess('esp', start, (deep) => deep.userTask('after').end('e2')),
    )
    .ends('undo', { type: 'compensation' });
}

function withBoundary(trigger: string, interrupting: boolean): ProcessBuilder {
  const event = caught[trigger] as BoundaryEventDefinition;
  if (trigger === 'cancel') {
    return process('p')
      .start()
      .subProcess('sub', (inside) => inside.start('in').userTask('work').ends('cancel', { type: 'cancel' }), { transaction: true })
      .end()
      .boundary('x', 'sub', event, { interrupting })
      .userTask('after')
      .end('e2');
  }
  if (trigger === 'compensation') return withHandler((at) => at.ends('undo', { type: 'compensation' }), interrupting);
  return process('p').start().userTask('work').end().boundary('x', 'work', event, { interrupting }).userTask('after').end('e2');
}

/** `work`, undone by `after`; then what is drawn. */
function withHandler(draw: (at: ProcessBuilder) => unknown, interrupting = true): ProcessBuilder {
  const builder = process('p')
    .start()
    .userTask('work')
    .boundary('undoing', 'work', undoneBy('after'), { interrupting })
    .elsewhere()
    .userTask('after', { isForCompensation: true })
    .from('work');
  draw(builder);
  return builder;
}

/** A throw or end event, and whatever makes `after` wait when it has been heard. */
function around(trigger: string, draw: (at: ProcessBuilder) => unknown): ProcessBuilder {
  const inSubProcess = (transaction: boolean) => {
    const builder = process('p').start();
    return builder.subProcess('sub', (inside) => draw(inside.start('in')), transaction ? { transaction: true } : {}).end();
  };
  switch (trigger) {
    case 'error':
    case 'escalation':
      return inSubProcess(false)
        .boundary('heard', 'sub', caught[trigger] as BoundaryEventDefinition, { interrupting: trigger === 'error' })
        .userTask('after')
        .end('e2');
    case 'cancel':
      return inSubProcess(true).boundary('heard', 'sub', { type: 'cancel' }).userTask('after').end('e2');
    case 'compensation':
      return withHandler(draw);
    case 'link': {
      return process('p')
        .start()
        .throws('x', { type: 'link', name: 'L' })
        .elsewhere()
        .catches('in', { type: 'link', name: 'L' })
        .userTask('after')
        .end();
    }
    case 'terminate': {
      const builder = process('p').start().parallel('fork').userTask('work').end().from('fork');
      draw(builder);
      return builder;
    }
    default: {
      const builder = process('p').start();
      draw(builder);
      return builder;
    }
  }
}

/** Processes that start when they hear what is thrown. */
const listeners: readonly ProcessBuilder[] = [awaited('m'), signal('s')].map((event, index) =>
  process(`listener${index}`).start('heard', { event }).userTask('after').end(),
);

class World {
  readonly simulation = new Simulation();

  constructor(model: ProcessBuilder, ...others: readonly ProcessBuilder[]) {
    this.simulation.deploy(...[model, ...others].map((builder) => compile(builder.build(), { expressions: tinyExpressions })));
  }

  /** User tasks that wait, of all instances. */
  get tasks(): readonly string[] {
    return this.simulation.waiting.filter(({ type }) => type === 'userTask').map(({ elementId }) => elementId);
  }

  answer(elementId: string, type: 'throwError' | 'throwEscalation' | 'completeUserTask'): void {
    const { simulation } = this;
    const { instanceId, key } = simulation.waiting.find((one) => one.elementId === elementId)!;
    const at = simulation.now;
    if (type === 'throwError') simulation.send(instanceId, { type, at, key, errorCode: 'E' });
    else if (type === 'throwEscalation') simulation.send(instanceId, { type, at, key, escalationCode: 'E' });
    else simulation.send(instanceId, { type, at, key, variables: {} });
  }
}

describe('an event that is caught', () => {
  const positions = [
    'start',
    'event sub-process, interrupting',
    'event sub-process, beside',
    'catch',
    'boundary, interrupting',
    'boundary, beside',
  ];
  const fires = cells.filter(({ position, mark }) => positions.includes(position) && (mark === '✓' || mark === '≈'));

  it.each(fires)('comes to the $position: $trigger', ({ trigger, position, mark }) => {
    const world = new World(drawn[position]!(trigger));
    if (position !== 'start' || trigger === 'none') world.simulation.start('p');
    const isAtOnce = trigger === 'link' || (position === 'start' && trigger === 'none');
    if (!isAtOnce) expect(world.tasks).not.toContain('after');
    occurs[trigger]!(world);

    expect(world.tasks).toContain('after');
    const staysBeside = position.endsWith('beside') && mark === '✓';
    expect(world.tasks.includes('work')).toBe(staysBeside);
  });
});

describe('an event sub-process of a sub-process', () => {
  const fires = cells.filter(({ position, mark }) => position.startsWith('event sub-process') && (mark === '✓' || mark === '≈'));

  it.each(fires)('fires as one of the process does: $position: $trigger', ({ trigger, position, mark }) => {
    const builder = process('p').start('begin').task('first');
    const interrupting = position.endsWith('interrupting');
    builder
      .subProcess('around', (inside) => withEventSubProcess(inside, trigger, interrupting))
      .userTask('last')
      .end('done');
    const world = new World(builder);
    world.simulation.start('p');
    occurs[trigger]!(world);

    expect(world.tasks).toContain('after');
    expect(world.tasks.includes('work')).toBe(!interrupting && mark === '✓');
    for (let tasks = world.tasks; tasks[0] !== 'last' && tasks.length > 0; tasks = world.tasks) world.answer(tasks[0]!, 'completeUserTask');
    expect(world.tasks).toEqual(['last']);
  });
});

describe('an event that is thrown', () => {
  const fires = cells.filter(({ position, mark }) => (position === 'throw' || position === 'end') && (mark === '✓' || mark === '≈'));

  it.each(fires)('goes out of the $position: $trigger', ({ trigger, position }) => {
    const world = new World(drawn[position]!(trigger), ...listeners);
    world.simulation.start('p');
    if (trigger === 'compensation') world.answer('work', 'completeUserTask');

    const heard: Readonly<Record<string, readonly string[]>> = {
      none: [],
      terminate: [],
      multiple: ['after', 'after'],
      'parallel multiple': ['after', 'after'],
    };
    expect(world.tasks.filter((task) => task === 'after')).toEqual(heard[trigger] ?? ['after']);
    if (trigger === 'compensation') world.answer('after', 'completeUserTask'); // the thrower waits for it
    const hasNext = position === 'throw' && trigger !== 'link';
    expect(world.tasks.filter((task) => task !== 'after')).toEqual(hasNext ? ['next'] : []);
  });
});

describe('an event the standard does not know there', () => {
  const refused = cells.filter(({ mark }) => mark === '✗');

  it.each(refused)('is refused: $position: $trigger', ({ trigger, position }) => {
    expect(() => new World(drawn[position]!(trigger))).toThrowError(ModelInvalid);
  });

  const wrong: Readonly<Record<string, ProcessBuilder>> = {
    'a trigger at the start of a plain sub-process': process('p')
      .start()
      .subProcess('sub', (inside) => inside.start('x', { event: awaited('m') }).end('out'))
      .end(),
    'a link that is caught nowhere': process('p').start().throws('x', { type: 'link', name: 'L' }),
    'a link that is caught in another scope': process('p')
      .start()
      .subProcess('sub', (inside) => inside.start('in').throws('x', { type: 'link', name: 'L' }))
      .end()
      .elsewhere()
      .catches('there', { type: 'link', name: 'L' })
      .end('e2'),
    'a link that is caught twice': process('p')
      .start()
      .throws('x', { type: 'link', name: 'L' })
      .elsewhere()
      .catches('one', { type: 'link', name: 'L' })
      .end()
      .elsewhere()
      .catches('two', { type: 'link', name: 'L' })
      .end('e2'),
    'a cancel end event outside of a transaction': process('p').start().ends('x', { type: 'cancel' }),
    'a cancel boundary event on something else': process('p').start().task('a').end().boundary('x', 'a', { type: 'cancel' }).end('e2'),
    'a compensation boundary event without what undoes': process('p').start().task('a').end().boundary('x', 'a', { type: 'compensation' }),
    'a compensation boundary event whose handler is on the normal way': process('p')
      .start()
      .task('a')
      .task('b')
      .end()
      .boundary('x', 'a', undoneBy('b')),
    'compensation of an activity that is not there': process('p')
      .start()
      .ends('x', { type: 'compensation', activityRefs: ['nobody'] }),
    'a boundary event on a gateway': process('p').start().exclusive('g').end().boundary('x', 'g', awaited('m')).end('e2'),
    'a task behind an event-based gateway': process('p').start().eventBased('g').task('x').end(),
    'an event sub-process with a flow to it': process('p')
      .start()
      .task('a')
      .end()
      .eventSubProcess('x', { id: 'xs', event: awaited('m') }, (inside) => inside.end('xe'))
      .from('a')
      .to('x'),
    'an event sub-process with two start events': process('p')
      .start()
      .end()
      .eventSubProcess('x', { id: 'xs', event: awaited('m') }, (inside) =>
        inside
          .end('xe')
          .start('xs2', { event: awaited('n') })
          .end('xe2'),
      ),
    'a flow out of an end event': process('p').start().end('x').task('a').end(),
  };

  it.each(Object.keys(wrong))('is refused: %s', (name) => {
    expect(() => new World(wrong[name]!)).toThrowError(ModelInvalid);
  });
});

describe('the matrix', () => {
  it('has a mark for every trigger at every place', () => {
    expect(cells).toHaveLength(13 * 8);
    expect(cells.filter(({ mark }) => !['✓', '✗', '≈', '–'].includes(mark))).toEqual([]);
  });

  it('knows every definition that the model has', () => {
    const types = new Set([...Object.values(caught), ...Object.values(thrown)].map(({ type }) => type));
    const known: readonly EventDefinition['type'][] = [
      'none',
      'message',
      'timer',
      'error',
      'escalation',
      'cancel',
      'compensation',
      'conditional',
      'link',
      'signal',
      'terminate',
      'multiple',
    ];
    expect([...types].toSorted()).toEqual(known.toSorted());
    // BPML's own, beside the standard: caught on the way only.
    const spawned: Extract<ElementModel, { kind: 'intermediateCatchEvent' }>['event'] = { type: 'spawned' };
    expect(types.has(spawned.type)).toBe(false);
  });
});
