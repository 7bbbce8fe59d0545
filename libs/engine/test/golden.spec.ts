import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apply, compile, EVENT_VERSION, migrate, newInstance, step, upcastEvent, upcastModel, upcastState } from '@baton/engine';
import type { Command, Event, Instance, Key } from '@baton/engine';
import { goldenPorts, readGoldens } from './golden/goldens.js';
import type { GoldenStep } from './golden/goldens.js';
import { record } from './golden/record.js';

// Features: E-11, B-03

/** Recorded by the first release. Its events and states are read through the upcaster. */
const v1 = readGoldens('v1');

/** Recorded by this one (`golden/record.mjs`): met byte for byte. */
const v2 = readGoldens('v2');

describe('histories of version 1', () => {
  it('are there', () => {
    expect(v1.length).toBeGreaterThan(15);
  });

  it.each(v1)('%s still adds up to its states', (_name, { version, steps }) => {
    const instance = newInstance();
    for (const { events, state } of steps) {
      for (const event of events) for (const today of upcastEvent(event, version)) apply(instance, today);
      expect(comparable(instance)).toEqual(comparable(upcastState(state, version)));
    }
  });

  it.each(v1)('%s goes on from each of its states as it did then', (_name, { version, model, steps }) => {
    const process = compile(upcastModel(model), goldenPorts);
    const last = upcastState(steps.at(-1)!.state, version);
    for (const [at, { state }] of steps.entries()) {
      let instance = upcastState(structuredClone(state), version);
      for (const [before, { command }] of pairs(steps.slice(at))) {
        if (command === undefined) throw new Error('Version 1 knew no migration.');
        // The last budget was smaller: what took several steps then may take one today.
        if (command.type === 'continue' && instance.ready.length === 0) continue;
        instance = step(process, instance, translated(command, upcastState(before.state, version), instance)).instance;
      }
      expect(instance.status).toBe(last.status);
      expect(instance.scopes[0]?.variables).toEqual(last.scopes[0]?.variables);
    }
  });
});

describe('histories of version 2', () => {
  it('are of the version the engine writes', () => {
    expect(v2.length).toBeGreaterThanOrEqual(15);
    expect([...new Set(v2.map(([, { version }]) => version))]).toEqual([EVENT_VERSION]);
  });

  it('tell every type of event', () => {
    const source = readFileSync(join(import.meta.dirname, '../src/event.ts'), 'utf8');
    const types = new Set([...source.matchAll(/readonly type: '(\w+)'/g)].map(([, type]) => type!));
    const told = new Set(
      v2.flatMap(([, { steps }]) => steps.flatMap(({ events }) => (events as readonly Event[]).map(({ type }) => type as string))),
    );

    expect(types.size).toBeGreaterThan(50);
    expect([...types].filter((type) => !told.has(type))).toEqual([]);
  });

  it.each(v2)('%s: the same commands give the same events, byte for byte', (_name, { model, steps }) => {
    let process = compile(model, goldenPorts);
    let instance = newInstance();
    for (const { command, to, migration, events, state } of steps) {
      // As the database hands it out.
      instance = JSON.parse(JSON.stringify(instance)) as Instance;
      if (command !== undefined) {
        const result = step(process, instance, command);
        expect(JSON.stringify(result.events)).toBe(JSON.stringify(events));
      } else {
        const next = compile(to!, goldenPorts);
        const result = migrate(process, next, instance, migration!);
        expect(JSON.stringify(result.events)).toBe(JSON.stringify(events));
        [process, instance] = [next, result.instance];
      }
      expect(JSON.stringify(instance)).toBe(JSON.stringify(state));
    }
  });

  it.each(v2)('%s: the events add up to the same states, byte for byte', (_name, { version, steps }) => {
    const instance = newInstance();
    for (const { events, state } of steps) {
      for (const event of events) for (const today of upcastEvent(event, version)) apply(instance, today);
      expect(JSON.stringify(instance)).toBe(JSON.stringify(upcastState(state, version)));
    }
  });

  it('are what recording anew would write', () => {
    expect(Object.fromEntries(record())).toEqual(Object.fromEntries(v2));
  });
});

describe('an unknown version', () => {
  it('is not guessed at', () => {
    expect(() => upcastEvent({}, 99)).toThrow('Events of version 99 are not known here; the newest known is 2.');
    expect(() => upcastState({}, 0)).toThrow('Events of version 0 are not known');
  });
});

/** Without what version 1 did not have, or numbered otherwise (`upcast.ts`). */
function comparable({ ready, ...instance }: Instance): unknown {
  return { ...instance, sequence: 0, ready: ready.map(({ key }) => key) };
}

function pairs(steps: readonly GoldenStep[]): readonly (readonly [GoldenStep, GoldenStep])[] {
  return steps.slice(1).map((step, index) => [steps[index]!, step]);
}

/** The keys of a recorded command are those of the instance then; today's may be others for what began since. */
function translated(command: Command, then: Instance, now: Instance): Command {
  const same = (table: 'elements' | 'timers' | 'subscriptions' | 'incidents', key: Key) => {
    const { elementId } = then[table].find((row) => row.key === key)!;
    const rank = then[table].filter((row) => row.elementId === elementId).findIndex((row) => row.key === key);
    return now[table].filter((row) => row.elementId === elementId)[rank]!.key;
  };
  if (command.type === 'fireTimer') return { ...command, timer: same('timers', command.timer) };
  if (command.type === 'correlateMessage') return { ...command, subscription: same('subscriptions', command.subscription) };
  if (command.type === 'resolveIncident') return { ...command, incident: same('incidents', command.incident) };
  if (command.type === 'setVariables') return command.scope === 0 ? command : { ...command, scope: same('elements', command.scope) };
  return 'key' in command ? { ...command, key: same('elements', command.key) } : command;
}
