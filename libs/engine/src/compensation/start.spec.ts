import { describe, expect, it } from 'vitest';
import { forEach, play, process, times, undoneBy } from '../../testing/index.js';
import type { ActivityOptions, ProcessBuilder } from '../../testing/index.js';

// Features: R-05
// Covers: compensation / handler
// Covers: compensation / event sub-process

/** An activity a person does, with one a person undoes it by; what is drawn next follows the first. */
function undoable(builder: ProcessBuilder, id: string, options: ActivityOptions = {}): ProcessBuilder {
  return builder
    .userTask(id, options)
    .boundary(`${id}Undoing`, id, undoneBy(`${id}Undo`))
    .elsewhere()
    .userTask(`${id}Undo`, { isForCompensation: true })
    .from(id);
}

const everything = { type: 'compensation' } as const;

describe('compensation', () => {
  const trip = () => undoable(undoable(process('trip').start(), 'hotel'), 'flight');

  it('undoes what was completed, the newest first, one after the other', () => {
    const run = play(trip().throws('undo', everything).userTask('next').end()).start().complete('hotel').complete('flight');

    expect(run.waitingAt).toEqual(['undo', 'flightUndo']);
    expect(run.complete('flightUndo').waitingAt).toEqual(['undo', 'hotelUndo']);
    expect(run.complete('hotelUndo').waitingAt).toEqual(['next']);
  });

  it('undoes nothing that was not completed, and nothing twice', () => {
    const run = play(
      undoable(
        undoable(process('p').start().parallel('fork'), 'hotel').throws('undo', everything).throws('again', everything).end().from('fork'),
        'flight',
      ).end('e2'),
    ).start();

    expect(run.complete('hotel').waitingAt).toEqual(['flight', 'undo', 'hotelUndo']);
    expect(run.complete('hotelUndo').waitingAt).toEqual(['flight']);
  });

  it('goes on at once when there is nothing to undo', () => {
    expect(play(process('p').start().throws('undo', everything).end()).start().status).toBe('completed');
  });

  it('undoes each completion of an activity', () => {
    const again = undoable(process('p').start().exclusive('merge'), 'hotel')
      .exclusive('more')
      .when('more = true')
      .to('merge')
      .from('more')
      .otherwise()
      .ends('undo', everything);
    const run = play(again).start().complete('hotel', { more: true }).complete('hotel', { more: false });

    run.complete('hotelUndo');
    expect(run.waitingAt).toEqual(['undo', 'hotelUndo']);
    expect(run.complete('hotelUndo').status).toBe('completed');
  });

  it('undoes only what is named', () => {
    const run = play(
      trip()
        .throws('undo', { type: 'compensation', activityRefs: ['hotel'] })
        .userTask('next')
        .end(),
    )
      .start()
      .complete('hotel')
      .complete('flight');

    expect(run.waitingAt).toEqual(['undo', 'hotelUndo']);
    expect(run.complete('hotelUndo').waitingAt).toEqual(['next']);
  });

  it('does not wait where the model says so', () => {
    const run = play(trip().throws('undo', { type: 'compensation', waitForCompletion: false }).userTask('next').end())
      .start()
      .complete('hotel')
      .complete('flight');

    expect(run.waitingAt).toEqual(['flightUndo', 'next']);
    run.complete('next').complete('flightUndo');
    expect(run.waitingAt).toEqual(['hotelUndo']);
    expect(run.complete('hotelUndo').status).toBe('completed');
  });

  it('shows each handler the variables as they were when its activity was completed', () => {
    const run = play(
      undoable(undoable(process('p').start(), 'hotel', { inputs: { room: 'wish' } }), 'flight').ends('undo', everything),
    ).start({ wish: 12 });
    run.complete('hotel').setVariables({ wish: 99 }).complete('flight').complete('flightUndo');

    const undoing = run.keyOf('hotelUndo');
    expect(run.state.scopes.find(({ key }) => key === undoing)!.variables).toEqual({ room: 12 });
  });

  it('can fail in a handler, and goes on when that is mended', () => {
    const run = play(
      process('p')
        .start()
        .userTask('hotel')
        .boundary('undoing', 'hotel', undoneBy('cancelHotel'))
        .elsewhere()
        .serviceTask('cancelHotel', { isForCompensation: true })
        .from('hotel')
        .throws('undo', everything)
        .end(),
    ).start();
    run.complete('hotel').fail('cancelHotel', 'down', 0);
    expect(run.incidents).toEqual(['job-retries-exhausted']);

    expect(run.resolve('cancelHotel').complete('cancelHotel').status).toBe('completed');
  });

  it('may be undone without anybody waiting, within the step', () => {
    const quick = (builder: ProcessBuilder, id: string) =>
      builder
        .task(id)
        .boundary(`${id}Undoing`, id, undoneBy(`${id}Undo`))
        .elsewhere()
        .task(`${id}Undo`, { isForCompensation: true })
        .from(id);

    for (const waitForCompletion of [true, false]) {
      const run = play(
        quick(quick(process('p').start(), 'a'), 'b')
          .throws('undo', { type: 'compensation', waitForCompletion })
          .end(),
      ).start();
      expect(run.trace.filter((elementId) => elementId.endsWith('Undo'))).toEqual(['bUndo', 'aUndo']);
      expect(run.status).toBe('completed');
    }
  });

  it('may be undone several times over, by a loop', () => {
    const run = play(
      process('p')
        .start()
        .task('book')
        .boundary('undoing', 'book', undoneBy('write'))
        .elsewhere()
        .userTask('write', { isForCompensation: true, loop: times(2) })
        .from('book')
        .ends('undo', everything),
    ).start();

    expect(run.complete('write').status).toBe('active');
    expect(run.complete('write').status).toBe('completed');
  });

  it('leaves a call to what is drawn at the call', () => {
    const run = play(
      process('p')
        .start()
        .callActivity('call', 'other')
        .boundary('undoing', 'call', undoneBy('write'))
        .elsewhere()
        .userTask('write', { isForCompensation: true })
        .from('call')
        .ends('undo', everything),
    ).start();

    expect(run.complete('call').waitingAt).toEqual(['undo', 'write']);
  });

  it('hands an error of a handler outwards', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) =>
          inside
            .start('in')
            .task('book')
            .boundary('undoing', 'book', undoneBy('phone'))
            .elsewhere()
            .serviceTask('phone', { isForCompensation: true })
            .from('book')
            .ends('undo', everything),
        )
        .end()
        .boundaryError('bad', 'sub')
        .userTask('react')
        .end('e2'),
    ).start();

    expect(run.throwError('phone', 'E').waitingAt).toEqual(['react']);
  });

  it('may be undone by a sub-process', () => {
    const run = play(
      process('p')
        .start()
        .userTask('hotel')
        .boundary('undoing', 'hotel', undoneBy('undoHotel'))
        .elsewhere()
        .subProcess('undoHotel', (inside) => inside.start('in').userTask('phone').end('out'), { isForCompensation: true })
        .from('hotel')
        .throws('undo', everything)
        .end(),
    ).start();

    expect(run.complete('hotel').waitingAt).toEqual(['undo', 'undoHotel', 'phone']);
    expect(run.complete('phone').status).toBe('completed');
  });
});

describe('compensation of a sub-process', () => {
  const packed = (draw: (inside: ProcessBuilder) => ProcessBuilder) =>
    process('p')
      .start()
      .subProcess('sub', (inside) => draw(undoable(undoable(inside.start('in'), 'hotel'), 'flight').end('out')))
      .throws('undo', everything)
      .userTask('next')
      .end();

  it('undoes what was done inside', () => {
    const run = play(packed((inside) => inside))
      .start()
      .complete('hotel')
      .complete('flight');

    expect(run.waitingAt).toEqual(['undo', 'flightUndo']);
    expect(run.complete('flightUndo').complete('hotelUndo').waitingAt).toEqual(['next']);
  });

  it('undoes it as a whole by its name', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) => undoable(inside.start('in'), 'hotel').end('out'))
        .throws('undo', { type: 'compensation', activityRefs: ['sub'] })
        .end(),
    ).start();

    expect(run.complete('hotel').waitingAt).toEqual(['undo', 'hotelUndo']);
  });

  it('inside another undoes in the order of completion', () => {
    const run = play(
      undoable(
        undoable(process('p').start(), 'first').subProcess('outer', (outer) =>
          undoable(
            outer.start('oi').subProcess('inner', (inner) => undoable(inner.start('ii'), 'deep').end('io')),
            'second',
          ).end('oo'),
        ),
        'third',
      ).ends('undo', everything),
    ).start();
    run.complete('first').complete('deep').complete('second').complete('third');

    const undone: string[] = [];
    while (run.status === 'active') {
      const next = run.waitingAt.at(-1)!;
      undone.push(next);
      run.complete(next);
    }
    expect(undone).toEqual(['thirdUndo', 'secondUndo', 'deepUndo', 'firstUndo']);
  });

  it('sees the variables the sub-process had', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) => undoable(inside.start('in'), 'hotel').scriptTask('s', '{ price: 5 }').end('out'), {
          properties: ['price'],
        })
        .ends('undo', everything),
    ).start();
    run.complete('hotel');

    const undoing = run.keyOf('hotelUndo');
    expect(run.state.scopes.find(({ key }) => key === undoing)!.variables).toMatchObject({ price: 5 });
  });

  it('is done by its compensation event sub-process, where it has one', () => {
    const run = play(
      packed((inside) =>
        inside.eventSubProcess('care', { id: 'careStart', event: { type: 'compensation' } }, (care) => care.userTask('write').end('ce')),
      ),
    ).start();
    run.complete('hotel').complete('flight');

    expect(run.waitingAt).toEqual(['undo', 'care', 'write']);
    expect(run.complete('write').waitingAt).toEqual(['next']);
  });

  it('lets that event sub-process undo what was done inside', () => {
    const run = play(
      packed((inside) =>
        inside.eventSubProcess('care', { id: 'careStart', event: { type: 'compensation' } }, (care) =>
          care.throws('inner', everything).userTask('write').end('ce'),
        ),
      ),
    ).start();
    run.complete('hotel').complete('flight');

    expect(run.waitingAt).toEqual(['undo', 'care', 'inner', 'flightUndo']);
    expect(run.complete('flightUndo').complete('hotelUndo').waitingAt).toEqual(['undo', 'care', 'write']);
    expect(run.complete('write').waitingAt).toEqual(['next']);
  });

  it('undoes what an event sub-process in it did, too', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('trip', (inside) =>
          inside
            .start('in')
            .userTask('pay')
            .end('out')
            .eventSubProcess('failed', { id: 'on', event: { type: 'error' } }, (b) => undoable(b, 'voucher').end('fe')),
        )
        .throws('undo', everything)
        .userTask('next')
        .end(),
    ).start();

    run.throwError('pay', 'BROKE').complete('voucher');
    expect(run.waitingAt).toEqual(['undo', 'voucherUndo']);
    expect(run.complete('voucherUndo').waitingAt).toEqual(['next']);
  });

  it('is the whole that is undone by an event sub-process of the process', () => {
    const run = play(
      undoable(process('p').start(), 'hotel')
        .userTask('pay')
        .end()
        .eventSubProcess('failed', { id: 'fs', event: { type: 'error' } }, (inside) =>
          inside.throws('undo', everything).userTask('tell').end('fe'),
        ),
    ).start();

    run.complete('hotel').throwError('pay', 'BROKE');
    expect(run.waitingAt).toEqual(['failed', 'undo', 'hotelUndo']);
    expect(run.complete('hotelUndo').waitingAt).toEqual(['failed', 'tell']);
  });
});

describe('compensation that nobody waits for', () => {
  it('holds up no event sub-process it was thrown in', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('trip', (inside) =>
          undoable(inside.start('in'), 'hotel')
            .userTask('pay')
            .end('out')
            .eventSubProcess('failed', { id: 'on', event: { type: 'error' } }, (b) =>
              b.throws('undo', { ...everything, waitForCompletion: false }).end('fe'),
            ),
        )
        .userTask('next')
        .end(),
    ).start();

    expect(run.complete('hotel').throwError('pay', 'BROKE').waitingAt).toEqual(['trip', 'hotelUndo']);
    expect(run.complete('hotelUndo').waitingAt).toEqual(['next']);
  });
});

describe('compensation of a loop', () => {
  it('undoes each inner instance, the newest first, with its own variables', () => {
    const run = play(
      undoable(process('p').start(), 'book', { loop: forEach('places', 'place', { sequential: true }) }).ends('undo', everything),
    ).start({ places: ['Rome', 'Oslo'] });
    run.complete('book').complete('book');

    const placeOf = () => run.state.scopes.find(({ key }) => key === run.keyOf('bookUndo'))!.variables['place'];
    expect(placeOf()).toBe('Oslo');
    run.complete('bookUndo');
    expect(placeOf()).toBe('Rome');
    expect(run.complete('bookUndo').status).toBe('completed');
  });

  it('is done by the event sub-process of each inner instance, where there is one, with its variables', () => {
    const run = play(
      process('p')
        .start()
        .subProcess(
          'sub',
          (inside) =>
            inside
              .start('in')
              .task('book')
              .end('out')
              .eventSubProcess('care', { id: 'cs', event: everything }, (care) =>
                care.userTask('write', { inputs: { to: 'place' } }).end('ce'),
              ),
          { loop: forEach('places', 'place') },
        )
        .ends('undo', everything),
    ).start({ places: ['Rome', 'Oslo'] });

    const placeOf = () => run.state.scopes.find(({ key }) => key === run.keyOf('write'))!.variables['to'];
    expect(placeOf()).toBe('Oslo');
    run.complete('write');
    expect(placeOf()).toBe('Rome');
    expect(run.complete('write').status).toBe('completed');
  });

  it('undoes what the inner instances did inside', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) => undoable(inside.start('in'), 'book').end('out'), { loop: forEach('places', 'place') })
        .ends('undo', everything),
    ).start({ places: ['Rome', 'Oslo'] });
    run.complete('book').complete('book');

    const placeOf = () => run.state.scopes.find(({ key }) => key === run.keyOf('bookUndo'))!.variables['place'];
    expect(placeOf()).toBe('Oslo');
    run.complete('bookUndo');
    expect(placeOf()).toBe('Rome');
    expect(run.complete('bookUndo').status).toBe('completed');
  });
});
