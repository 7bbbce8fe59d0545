import { describe, expect, it } from 'vitest';
import { abilityOf } from './policy.js';

describe('policy', () => {
  it('denies everything to someone without a role', () => {
    expect(abilityOf([]).can('read', 'UserTask')).toBe(false);
  });

  it('lets members start and work, not deploy, cancel or lease jobs', () => {
    const member = abilityOf(['member']);

    expect(member.can('start', 'ProcessInstance')).toBe(true);
    expect(member.can('work', 'UserTask')).toBe(true);
    expect(member.can('deploy', 'ProcessDefinition')).toBe(false);
    expect(member.can('cancel', 'ProcessInstance')).toBe(false);
    expect(member.can('work', 'Job')).toBe(false);
    expect(member.can('supervise', 'UserTask')).toBe(false);
  });

  it('adds up roles', () => {
    const both = abilityOf(['designer', 'operator']);

    expect(both.can('deploy', 'ProcessDefinition')).toBe(true);
    expect(both.can('cancel', 'ProcessInstance')).toBe(true);
  });

  it('lets administrators do everything', () => {
    expect(abilityOf(['administrator']).can('publish', 'Message')).toBe(true);
  });
});
