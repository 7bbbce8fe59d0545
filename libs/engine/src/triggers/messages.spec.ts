import { describe, expect, it } from 'vitest';
import { feel, literal, play, process, tinyExpressions } from '../../testing/index.js';
import type { ProcessBuilder } from '../../testing/index.js';
import { compile } from '../compile.js';
import type { MessageEvent, MessageReference, ThrownMessageEvent } from '../model.js';
import { Simulation } from '../simulation/simulation.js';

// Features: E-04, M-18
// Covers: correlation / conversation key

/** A message of the conversation about one order: its key has two properties. */
function about(name: string): MessageReference {
  return { name: literal(name), conversation: { name: 'order', properties: [feel('shop'), feel('number')] } };
}
const await_ = (name: string): MessageEvent => ({ type: 'message', message: about(name) });
const send = (name: string): ThrownMessageEvent => ({ type: 'message', work: { kind: 'message', message: about(name) } });

describe('a conversation', () => {
  const order = process('order')
    .start('ordered', { event: await_('order') })
    .catches('paid', await_('payment'))
    .userTask('ship')
    .end();

  it('gets its key from the message that starts the instance', () => {
    const run = play(order).start({ shop: 'A', number: 7 }, { startElementId: 'ordered' });

    expect(run.state.conversations).toEqual({ order: '["A",7]' });
    expect(run.state.subscriptions).toMatchObject([{ messageName: 'payment', correlationKey: '["A",7]' }]);
  });

  it('keeps instances apart by all properties of the key', () => {
    const simulation = world(order);
    simulation.publish({ name: 'order', variables: { shop: 'A', number: 7 } });
    simulation.publish({ name: 'order', variables: { shop: 'A', number: 8 } });
    simulation.publish({ name: 'payment', correlationKey: '["A",8]', variables: {} });

    expect(simulation.waiting.map(({ instanceId, elementId }) => [instanceId, elementId])).toEqual([
      ['order:1', 'paid'],
      ['order:2', 'ship'],
    ]);
  });

  it('gets its key from the first message it receives, when none started it', () => {
    const run = play(process('p').start().catches('first', await_('a')).catches('second', await_('b')).end()).start();
    expect(run.state.subscriptions).toMatchObject([{ correlationKey: null }]);

    run.receive('first', { shop: 'B', number: 1 });
    expect(run.state.subscriptions).toMatchObject([{ messageName: 'b', correlationKey: '["B",1]' }]);
    run.receive('second', { shop: 'C', number: 2 });
    expect(run.all('conversationBegun')).toHaveLength(1);
  });

  it('gets its key from the first message it sends', () => {
    const run = play(process('p').start().throws('ask', send('question')).catches('told', await_('answer')).end()).start({
      shop: 'A',
      number: 3,
    });

    expect(run.all('messagePublished')).toMatchObject([{ correlationKey: '["A",3]' }]);
    expect(run.state.subscriptions).toMatchObject([{ correlationKey: '["A",3]' }]);
  });

  it('begins by a message that is one of several events, too', () => {
    const any = { type: 'multiple', parallel: false, events: [{ type: 'signal', name: literal('s') }, await_('a')] } as const;
    const key = { order: '["B",1]' };

    expect(
      play(process('p').start().catches('first', any).userTask('next').end()).start().receive('first', { shop: 'B', number: 1 }).state
        .conversations,
    ).toEqual(key);
    const started = play(process('p').start('first', { event: any }).userTask('next').end());
    expect(started.start({ shop: 'B', number: 1 }, { startElementId: 'first', part: 1 }).state.conversations).toEqual(key);
  });

  it('does not begin with a message that lacks a property of the key', () => {
    const run = play(process('p').start().catches('first', await_('a')).end())
      .start()
      .receive('first', { shop: 'B' });

    expect(run.all('conversationBegun')).toEqual([]);
    expect(run.status).toBe('completed');
  });

  it('is answered in the instance that asked', () => {
    const simulation = world(
      process('asker').start().throws('ask', send('question')).catches('told', await_('answer')).userTask('done').end(),
      process('answerer')
        .start('asked', { event: await_('question') })
        .userTask('think')
        .throws('answer', send('answer'))
        .end(),
    );
    // The payload of a message is what it maps; here the answerer knows the order by the variables of the asker.
    simulation.start('asker', { shop: 'A', number: 1 });
    const second = simulation.start('asker', { shop: 'A', number: 2 });
    simulation.publish({ name: 'answer', correlationKey: '["A",2]', variables: {} });

    expect(simulation.waiting.filter(({ elementId }) => elementId === 'done')).toMatchObject([{ instanceId: second }]);
  });
});

describe('a correlation key', () => {
  it('is evaluated where the message is awaited', () => {
    const message = { name: literal('m'), correlationKey: feel('id') };
    const run = play(process('p').start().catches('c', { type: 'message', message }).end()).start({ id: 5 });

    expect(run.state.subscriptions).toMatchObject([{ correlationKey: '5' }]);
  });

  it('that is neither text nor number stops there', () => {
    const message = { name: literal('m'), correlationKey: feel('id') };
    const run = play(process('p').start().catches('c', { type: 'message', message }).end()).start();

    expect(run.incidents).toEqual(['expression-failed']);
    expect(run.setVariables({ id: 'x' }).resolve('c').state.subscriptions).toMatchObject([{ correlationKey: 'x' }]);
  });
});

function world(...builders: readonly ProcessBuilder[]): Simulation {
  const simulation = new Simulation();
  simulation.deploy(...builders.map((builder) => compile(builder.build(), { expressions: tinyExpressions })));
  return simulation;
}
