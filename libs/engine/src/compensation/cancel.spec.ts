import { describe, expect, it } from 'vitest';
import { play, process, signal, undoneBy } from '../../testing/index.js';
import type { ProcessBuilder } from '../../testing/index.js';

// Features: E-04, R-05
// Covers: transaction / success
// Covers: transaction / cancel
// Covers: transaction / hazard

/** A trip: the hotel is booked, beside it somebody waits; then what `draw` says. Canceled, `sorry` follows; failed, `repair`. */
function trip(
  draw: (inside: ProcessBuilder) => unknown,
  options: { readonly catchesCancel: boolean } = { catchesCancel: true },
): ProcessBuilder {
  const builder = process('trip')
    .start()
    .subProcess(
      'booking',
      (inside) => {
        inside
          .start('in')
          .userTask('hotel')
          .boundary('hotelUndoing', 'hotel', undoneBy('hotelUndo'))
          .elsewhere()
          .userTask('hotelUndo', { isForCompensation: true })
          .from('hotel');
        draw(inside);
      },
      { transaction: true },
    )
    .userTask('thanks')
    .end();
  if (options.catchesCancel) builder.boundary('canceled', 'booking', { type: 'cancel' }).userTask('sorry').end('e2');
  return builder.boundaryError('failed', 'booking').userTask('repair').end('e3');
}

describe('a transaction', () => {
  it('that succeeds goes on as any sub-process', () => {
    const run = play(trip((inside) => inside.end('out')))
      .start()
      .complete('hotel');

    expect(run.waitingAt).toEqual(['thanks']);
    expect(run.all('compensationStarted')).toEqual([]);
  });

  it('can still be undone afterwards', () => {
    const run = play(
      process('p')
        .start()
        .subProcess(
          'booking',
          (inside) =>
            inside
              .start('in')
              .userTask('hotel')
              .end('out')
              .boundary('undoing', 'hotel', undoneBy('hotelUndo'))
              .elsewhere()
              .userTask('hotelUndo', { isForCompensation: true }),
          { transaction: true },
        )
        .throws('undo', { type: 'compensation' })
        .end(),
    ).start();

    expect(run.complete('hotel').waitingAt).toEqual(['undo', 'hotelUndo']);
  });
});

describe('a transaction that is canceled', () => {
  it('ends what is under way, undoes what was done, and leaves by its cancel event', () => {
    const run = play(
      trip((inside) =>
        inside.parallel('fork').userTask('wait').end('out').from('fork').userTask('doubt').ends('cancel', { type: 'cancel' }),
      ),
    )
      .start()
      .complete('hotel');
    expect(run.waitingAt).toEqual(['booking', 'wait', 'doubt']);

    run.complete('doubt');
    expect(run.waitingAt).toEqual(['booking', 'cancel', 'hotelUndo']);
    expect(run.complete('hotelUndo').waitingAt).toEqual(['sorry']);
  });

  it('leaves at once when there is nothing to undo', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('booking', (inside) => inside.start('in').ends('cancel', { type: 'cancel' }), { transaction: true })
        .end()
        .boundary('canceled', 'booking', { type: 'cancel' })
        .userTask('sorry')
        .end('e2'),
    ).start();

    expect(run.waitingAt).toEqual(['sorry']);
  });

  it('goes on normally when nobody catches the cancel', () => {
    const run = play(trip((inside) => inside.ends('cancel', { type: 'cancel' }), { catchesCancel: false })).start();

    expect(run.complete('hotel').complete('hotelUndo').waitingAt).toEqual(['thanks']);
  });

  it('goes on normally behind the transaction, also when it was canceled deep inside', () => {
    const run = play(
      trip(
        (inside) =>
          inside
            .subProcess('deep', (deep) => deep.start('di').ends('cancel', { type: 'cancel' }))
            .userTask('never')
            .end('out'),
        { catchesCancel: false },
      ),
    ).start();

    expect(run.complete('hotel').complete('hotelUndo').waitingAt).toEqual(['thanks']);
  });

  it('from deep inside ends everything on the way out', () => {
    const run = play(
      trip((inside) =>
        inside
          .parallel('fork')
          .subProcess('deep', (deep) =>
            deep.start('di').parallel('df').userTask('wait').end('do').from('df').userTask('doubt').ends('cancel', { type: 'cancel' }),
          )
          .end('out')
          .from('fork')
          .userTask('other')
          .end('out2'),
      ),
    )
      .start()
      .complete('hotel');

    run.complete('doubt');
    expect(run.waitingAt).toEqual(['booking', 'deep', 'cancel', 'hotelUndo']);
    expect(run.complete('hotelUndo').waitingAt).toEqual(['sorry']);
  });

  it('undoes what a sub-process inside that was not finished had done', () => {
    const run = play(
      trip((inside) =>
        inside
          .subProcess('deep', (deep) =>
            deep
              .start('di')
              .userTask('flight')
              .boundary('flightUndoing', 'flight', undoneBy('flightUndo'))
              .elsewhere()
              .userTask('flightUndo', { isForCompensation: true })
              .from('flight')
              .ends('cancel', { type: 'cancel' }),
          )
          .end('out'),
      ),
    ).start();
    run.complete('hotel').complete('flight');

    expect(run.waitingAt).toEqual(['booking', 'deep', 'cancel', 'flightUndo']);
    run.complete('flightUndo');
    expect(run.waitingAt).toEqual(['booking', 'deep', 'cancel', 'hotelUndo']);
    expect(run.complete('hotelUndo').waitingAt).toEqual(['sorry']);
  });
});

describe('a transaction that is canceled while a sub-process inside is under way', () => {
  /** The flight is booked in a sub-process that as a whole is undone by `deepUndo`; then somebody doubts. */
  const flight = (deep: ProcessBuilder) =>
    deep
      .start('di')
      .userTask('flight')
      .boundary('flightUndoing', 'flight', undoneBy('flightUndo'))
      .elsewhere()
      .userTask('flightUndo', { isForCompensation: true })
      .from('flight');

  it('undoes what was done in it, but not by the handler for the whole, which was not done', () => {
    const run = play(
      trip((inside) =>
        inside
          .subProcess('deep', (deep) => flight(deep).ends('cancel', { type: 'cancel' }))
          .end('out')
          .boundary('deepUndoing', 'deep', undoneBy('deepUndo'))
          .elsewhere()
          .userTask('deepUndo', { isForCompensation: true }),
      ),
    ).start();

    expect(run.complete('hotel').complete('flight').waitingAt).toEqual(['booking', 'deep', 'cancel', 'flightUndo']);
    expect(run.complete('flightUndo').waitingAt).toEqual(['booking', 'deep', 'cancel', 'hotelUndo']);
    expect(run.complete('hotelUndo').waitingAt).toEqual(['sorry']);
  });

  it('waits for none of its event sub-processes any more', () => {
    const listening = (inside: ProcessBuilder) =>
      inside.ends('cancel', { type: 'cancel' }).eventSubProcess('late', { id: 'on', event: signal('late') }, (b) => b.end('lateEnd'));
    const run = play(trip(listening)).start();
    expect(run.state.subscriptions.map(({ elementId }) => elementId)).toEqual(['on']);

    expect(run.complete('hotel').waitingAt).toEqual(['booking', 'cancel', 'hotelUndo']);
    expect(run.state.subscriptions).toEqual([]);
  });
});

describe('a transaction that fails while it is canceled', () => {
  it('leaves by its error event, whatever its event sub-processes would catch', () => {
    const mending = (inside: ProcessBuilder) =>
      inside.ends('cancel', { type: 'cancel' }).eventSubProcess('mend', { id: 'on', event: { type: 'error' } }, (b) => b.end('mended'));
    const run = play(trip(mending)).start().complete('hotel');

    expect(run.throwError('hotelUndo', 'HAZARD').waitingAt).toEqual(['repair']);
  });
});

describe('a transaction that fails', () => {
  it('leaves by its error event and undoes nothing', () => {
    const run = play(trip((inside) => inside.errorEnd('bad', 'HAZARD'))).start();

    expect(run.complete('hotel').waitingAt).toEqual(['repair']);
    expect(run.all('compensationStarted')).toEqual([]);
  });
});
