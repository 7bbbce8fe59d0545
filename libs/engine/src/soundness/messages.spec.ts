import { describe, expect, it } from 'vitest';
import { awaited, process, sent, signal } from '../../testing/index.js';
import { findUnsent } from './messages.js';

// Features: B-02

const customer = process('customer').start('c').task('fill').receiveTask('hear', 'answer').end('c-end').build();
const seller = process('seller').messageStart('asked', 'question').throws('tell', sent('answer')).end('s-end').build();

describe('a message that is never sent', () => {
  it('is none if one of the processes sends it, or comes from outside', () => {
    expect(findUnsent([customer, seller])).toMatchObject([{ severity: 'info', code: 'message-never-sent', elementIds: ['asked'] }]);
  });

  it('is an error where the collaboration says who sends it, and nobody does', () => {
    const [finding] = findUnsent([customer, seller], [{ source: 'fill', target: 'asked' }]);
    expect(finding).toMatchObject({ severity: 'error', elementIds: ['asked', 'fill'] });
    expect(finding?.message).toBe('The message “question” that asked waits for is drawn to come from fill, but nothing sends it.');
  });

  it('is not suspected of people, or of workers, who may send anything', () => {
    const person = process('person').start('c').userTask('ask').end('e').build();
    expect(findUnsent([person, seller], [{ source: 'ask', target: 'asked' }])).toMatchObject([{ severity: 'info' }]);
    const worker = process('worker').start('c').serviceTask('ask').end('e').build();
    expect(findUnsent([worker, seller], [{ source: 'ask', target: 'asked' }])).toEqual([]);
  });

  it('may be a signal', () => {
    const heard = process('heard').start().catches('wait', signal('ready')).catches('paid', awaited('paid')).end().build();
    const thrown = process('thrown').start('s').throws('shout', signal('ready')).end('e').build();
    expect(findUnsent([heard, thrown])).toMatchObject([{ elementIds: ['paid'] }]);
  });
});
