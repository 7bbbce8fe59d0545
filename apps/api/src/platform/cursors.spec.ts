import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';
import { Cursors } from './cursors.js';

const cursors = new Cursors(readConfig({ DATABASE_URL: 'postgres://localhost/baton', BATON_PROFILE: 'demo' }));

describe('cursors', () => {
  it('lead on to the position they were made of', () => {
    expect(cursors.decode('t1', 'tasks', cursors.encode('t1', 'tasks', ['2026-01-01', 'a']))).toEqual(['2026-01-01', 'a']);
  });

  it('are made only when there is more', () => {
    expect(cursors.page('t1', 'tasks', ['a', 'b'], 2, (item) => [item])).toEqual({ items: ['a', 'b'] });
    expect(cursors.page('t1', 'tasks', ['a', 'b', 'c'], 2, (item) => [item])).toEqual({
      items: ['a', 'b'],
      nextCursor: cursors.encode('t1', 'tasks', ['b']),
    });
  });

  it.each([
    ['another tenant', cursors.encode('t2', 'tasks', ['a'])],
    ['another list', cursors.encode('t1', 'instances', ['a'])],
    ['nobody', Buffer.from('["a"]').toString('base64url')],
    ['an empty text', ''],
  ])('of %s are refused', (_, cursor) => {
    expect(() => cursors.decode('t1', 'tasks', cursor)).toThrow(expect.objectContaining({ code: 'cursor-invalid', status: 400 }));
  });
});
