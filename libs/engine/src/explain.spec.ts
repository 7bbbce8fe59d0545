import { describe, expect, it } from 'vitest';
import { play, process } from '../testing/index.js';
import { explain } from './explain.js';

// Features: B-07

describe('explain', () => {
  it('tells which way was taken, and what was read', () => {
    const run = play(
      process('p').start().exclusive('size').when('amount > 100').userTask('boss').end().from('size').otherwise().end('e2'),
    ).start({ amount: 50 });

    expect(explain(run.events, 'size')).toEqual([
      'The flow size_to_boss was not taken: “amount > 100” was false (with amount = 50).',
      'The default flow size_to_e2 was taken, because no condition was true.',
    ]);
  });

  it('tells what failed, and who caught it', () => {
    const run = play(process('p').start().serviceTask('pay').end().boundaryError('broke', 'pay', { errorCode: 'E1' }).end('e2'))
      .start()
      .fail('pay')
      .throwError('pay', 'E1');

    expect(explain(run.events, 'pay')).toEqual([
      'The attempt failed: out of paper (2 left).',
      'The error E1 was thrown here.',
      'The error E1 was caught by broke.',
    ]);
    expect(explain(run.events, 'broke')).toEqual(['The error E1 was caught by broke.']);
  });

  it('tells why it stopped', () => {
    const run = play(process('p').start().exclusive('x').when('a').end()).start({ a: 1 });

    expect(explain(run.events, 'x')[0]).toMatch(/^It stopped with condition-not-boolean: .* \(with a = 1\)$/);
  });

  it('has nothing to say about what just happened as drawn', () => {
    expect(explain(play(process('p').start().task('a').end()).start().events, 'a')).toEqual([]);
  });
});
