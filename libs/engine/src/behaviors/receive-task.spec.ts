import { describe, expect, it } from 'vitest';
import { play, process } from '../../testing/index.js';

describe('receive task', () => {
  const wait = process('p').start().receiveTask('hear', 'paid', { key: 'orderId' }).end();

  it('waits for its message by name and key', () => {
    const run = play(wait).start({ orderId: 'A-1' });

    expect(run.all('messageSubscriptionOpened')).toMatchObject([{ elementId: 'hear', messageName: 'paid', correlationKey: 'A-1' }]);
    expect(run.receive('hear', { amount: 5 }).status).toBe('completed');
    expect(run.variables).toEqual({ orderId: 'A-1', amount: 5 });
    expect(run.state.subscriptions).toEqual([]);
  });

  it('lets out only what its outputs name', () => {
    const run = play(
      process('p')
        .start()
        .receiveTask('hear', 'paid', { outputs: { total: 'amount + 1' } })
        .end(),
    )
      .start()
      .receive('hear', { amount: 5, noise: 1 });

    expect(run.variables).toEqual({ total: 6 });
  });

  it('takes a message only once', () => {
    const run = play(process('p').start().receiveTask('hear', 'paid').userTask('next').end()).start();
    const [opened] = run.all('messageSubscriptionOpened');
    run.receive('hear');

    expect(() =>
      run.send({ type: 'correlateMessage', subscription: opened!.subscription, messageId: 'again', variables: {} }),
    ).toThrowError('not open');
  });
});
