import { describe, expect, it } from 'vitest';
import { play, process } from '../../testing/index.js';

describe('send task', () => {
  it('publishes its message and goes on at once', () => {
    const run = play(
      process('p')
        .start()
        .sendTask('tell', 'shipped', { key: 'orderId', variables: { carrier: '"DHL"' } })
        .end(),
    ).start({ orderId: 7 });

    expect(run.status).toBe('completed');
    expect(run.all('messagePublished')).toMatchObject([{ messageName: 'shipped', correlationKey: '7', variables: { carrier: 'DHL' } }]);
  });

  it('sends no variables that it does not name', () => {
    expect(play(process('p').start().sendTask('tell', 'shipped').end()).start({ secret: 1 }).all('messagePublished')).toMatchObject([
      { correlationKey: null, variables: {} },
    ]);
  });

  it('stops with an incident when its key gives nothing', () => {
    expect(play(process('p').start().sendTask('tell', 'shipped', { key: 'orderId' }).end()).start().incidents).toEqual([
      'expression-failed',
    ]);
  });
});
