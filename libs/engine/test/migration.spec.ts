import { describe, expect, it } from 'vitest';
import { compile, fold, migrate, planMigration, step } from '@baton/engine';
import type { Command, ElementModel, Event, Instance, ProcessModel } from '@baton/engine';
import { goldenPorts, readGoldens } from './golden/goldens.js';
import type { Golden } from './golden/goldens.js';

// Features: E-13, B-01

/** Recorded instances of every kind, moved at every point of their lives to a version where everything has another name. */
const goldens = readGoldens('v2').filter(([, { steps }]) => steps.every(({ command }) => command !== undefined));

describe('under other names', () => {
  it.each(goldens)('%s goes on as it did', (_name, golden) => {
    const [from, to] = [compile(golden.model, goldenPorts), compile(renamed(golden.model), goldenPorts)];
    const mapping = Object.fromEntries(golden.model.elements.map(({ id }) => [id, named(id)]));
    const end = golden.steps.at(-1)!.state as Instance;
    for (const [at, { state }] of golden.steps.entries()) {
      const before = state as Instance;
      if (before.status !== 'active' && before.status !== 'suspended') continue;
      expect(planMigration(from, to, before, mapping)).toEqual([]);

      const moved = migrate(from, to, before, { at: before.at, mapping });
      let { instance } = moved;
      const events: Event[] = [...golden.steps.slice(0, at + 1).flatMap((one) => one.events as readonly Event[]), ...moved.events];
      for (const { command } of golden.steps.slice(at + 1)) {
        const result = step(to, instance, withNames(command!));
        instance = result.instance;
        events.push(...result.events);
      }

      expect(instance.status).toBe(end.status);
      expect(instance.scopes[0]?.variables).toEqual(end.scopes[0]?.variables);
      expect(passedAfter(events, golden.model)).toEqual(passedAfter(historyOf(golden), golden.model));
      expect(JSON.stringify(fold(events))).toBe(JSON.stringify(instance));
    }
  });

  it.each(goldens)('%s needs all its names', (_name, golden) => {
    const [from, to] = [compile(golden.model, goldenPorts), compile(renamed(golden.model), goldenPorts)];
    const { state } = golden.steps[0]!;
    const alive = new Set((state as Instance).elements.map(({ elementId }) => elementId));

    const missing = planMigration(from, to, state as Instance, {}).filter(({ code }) => code === 'element-missing');
    expect(new Set(missing.map(({ elementId }) => elementId))).toEqual(alive);
  });
});

function historyOf({ steps }: Golden): readonly Event[] {
  return steps.flatMap(({ events }) => events as readonly Event[]);
}

/** What happened where, under the old names; without what only the migration tells. */
function passedAfter(events: readonly Event[], { elements }: ProcessModel): readonly string[] {
  const old = new Map(elements.map(({ id }) => [named(id), id]));
  return events.flatMap((event) => {
    if (event.type === 'instanceMigrated' || event.type === 'stepYielded') return [];
    return 'elementId' in event ? [`${event.type} ${old.get(event.elementId) ?? event.elementId}`] : [event.type];
  });
}

function named(id: string): string {
  return `new ${id}`;
}

function renamed({ elements, flows, ...rest }: ProcessModel): ProcessModel {
  return {
    ...rest,
    elements: elements.map(element),
    flows: flows.map((flow) => ({
      ...flow,
      id: named(flow.id),
      source: named(flow.source),
      target: named(flow.target),
      ...placed(flow.parent),
    })),
  };
}

function element(model: ElementModel): ElementModel {
  const copy = { ...model, id: named(model.id), ...placed(model.parent) } as Record<string, unknown>;
  for (const name of ['defaultFlow', 'attachedTo']) if (typeof copy[name] === 'string') copy[name] = named(copy[name]);
  if ('event' in model && model.event.type === 'compensation' && model.event.handler !== undefined) {
    copy['event'] = { ...model.event, handler: named(model.event.handler) };
  }
  if (model.kind === 'callActivity' && model.called.type === 'callable')
    copy['called'] = { ...model.called, elementId: named(model.called.elementId) };
  return copy as unknown as ElementModel;
}

function placed(parent: string | undefined): { readonly parent?: string } {
  return parent === undefined ? {} : { parent: named(parent) };
}

function withNames(command: Command): Command {
  if (command.type === 'activateAdHoc') return { ...command, elementIds: command.elementIds.map(named) };
  if (command.type !== 'modify') return command;
  return {
    ...command,
    changes: command.changes.map((change) => ('elementId' in change ? { ...change, elementId: named(change.elementId) } : change)),
  };
}
