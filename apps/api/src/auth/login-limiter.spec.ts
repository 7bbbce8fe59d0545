import { describe, expect, it } from 'vitest';
import { LoginLimiter } from './login-limiter.js';

const tryTimes = (limiter: LoginLimiter, times: number, ip = '10.0.0.1', account = 'acme ada@acme.test'): void => {
  for (let turn = 0; turn < times; turn += 1) limiter.admit(ip, account);
};

describe('login limiter', () => {
  it('lets twenty tries pass and refuses the next', () => {
    const limiter = new LoginLimiter(() => 0);
    tryTimes(limiter, 20);

    expect(() => limiter.admit('10.0.0.1', 'acme ADA@acme.test')).toThrow(
      expect.objectContaining({ code: 'rate-limited', status: 429, headers: expect.objectContaining({ 'retry-after': '900' }) }),
    );
  });

  it('counts each address and account apart', () => {
    const limiter = new LoginLimiter(() => 0);
    tryTimes(limiter, 20);

    expect(() => limiter.admit('10.0.0.2', 'acme ada@acme.test')).not.toThrow();
    expect(() => limiter.admit('10.0.0.1', 'acme ben@acme.test')).not.toThrow();
  });

  it('starts again after the window, and after a right password', () => {
    let now = 0;
    const limiter = new LoginLimiter(() => now);
    tryTimes(limiter, 20);
    now = 15 * 60_000;
    tryTimes(limiter, 20);
    limiter.forget('10.0.0.1', 'acme ada@acme.test');

    expect(() => limiter.admit('10.0.0.1', 'acme ada@acme.test')).not.toThrow();
  });
});
