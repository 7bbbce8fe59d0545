import { describe, expect, it } from 'vitest';
import { compile, fold, LIFE_CYCLE, newInstance, Refusal, step } from '@baton/engine';
import type { Command, CommandType, Event, Instance, Json, Process } from '@baton/engine';
import { seededRandom, tinyExpressions } from '@baton/engine/testing';
import { readGoldens } from './golden/goldens.js';

// Features: E-02, E-11

/**
 * Anything may be asked of any instance at any moment: wrong keys, wrong kinds, names like those of JavaScript's own.
 * The answer is a list of events, or a `Refusal` that leaves the instance as it was. Never another exception.
 *
 * A failure names its seed; run it alone with SEED=17.
 */
const { SEED } = globalThis.process.env;
const seeds = SEED === undefined ? [...Array(12).keys()] : [Number(SEED)];
const TYPES = Object.keys(LIFE_CYCLE) as CommandType[];
/** What ends or stops an instance is asked rarely: nothing can happen after it. */
const GENTLE = TYPES.filter((type) => !['cancel', 'suspend', 'modify', 'throwError', 'failChild'].includes(type));
const NAMES = ['__proto__', 'constructor', 'toString', 'n', 'x', ''];
const models = readGoldens('v2').map(([, { model }]) => model);

describe('whatever is asked', () => {
  it.each(seeds)('is answered or refused (SEED=%i)', (seed) => {
    const random = seededRandom(seed);
    const answers = { accepted: 0, refused: 0 };
    for (const model of models) {
      const process = compile(model, { expressions: tinyExpressions, decisions: { evaluate: nothing } });
      let instance = newInstance();
      const events: Event[] = [];
      for (let count = 0; count < 60; count++) {
        const before = JSON.stringify(instance);
        const command = count === 0 ? firstOf(process) : randomCommand(random, process, instance);
        try {
          events.push(...step(process, instance, command).events);
          answers.accepted++;
        } catch (error) {
          expect(error, `${model.id}: ${JSON.stringify(command)}`).toBeInstanceOf(Refusal);
          expect(JSON.stringify(instance), `${model.id}: ${JSON.stringify(command)}`).toBe(before);
          answers.refused++;
        }
        expect(JSON.stringify(fold(events)), `${model.id}: ${JSON.stringify(command)}`).toBe(JSON.stringify(instance));
        instance = JSON.parse(JSON.stringify(instance)) as Instance;
      }
    }
    expect(answers.accepted).toBeGreaterThan(100);
    expect(answers.refused).toBeGreaterThan(100);
  });
});

function nothing() {
  return { decisionId: 'd', value: null, rows: [], matches: [] };
}

function firstOf({ elements, starts }: Process): Command {
  const startElementId = elements.find(({ model }) => model.kind === 'startEvent' && model.parent === undefined)?.id;
  return starts.length > 0 || startElementId === undefined
    ? { type: 'start', at: 0, variables: { n: 1, x: 2 } }
    : { type: 'start', at: 0, variables: { n: 1, x: 2 }, startElementId };
}

/** Most name something that is there; then it is likely that something happens. */
function randomCommand(random: () => number, process: Process, instance: Instance): Command {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const keys = [...instance.elements, ...instance.timers, ...instance.subscriptions, ...instance.incidents].map(({ key }) => key);
  const key = random() < 0.8 && keys.length > 0 ? pick(keys) : Math.floor(random() * 40) - 5;
  const elementId = random() < 0.8 ? pick(process.elements).id : pick(NAMES);
  const variables: Record<string, Json> = Object.fromEntries([[pick(NAMES), pick<Json>([null, 1, 'text', [1, 'a'], { n: 1 }, true])]]);
  const change = pick([
    { type: 'terminate', key } as const,
    { type: 'activate', elementId, scope: key } as const,
    { type: 'activate', elementId, variables } as const,
    { type: 'move', key, elementId } as const,
  ]);
  return {
    type: random() < 0.05 ? pick(TYPES) : pick(GENTLE),
    at: Math.floor(random() * 1e9),
    key,
    timer: key,
    subscription: key,
    incident: key,
    scope: random() < 0.5 ? 0 : key,
    variables,
    message: 'because',
    messageId: 'm',
    errorCode: pick(NAMES),
    escalationCode: pick(NAMES),
    assignee: pick(['ann', null]),
    elementIds: [elementId],
    startElementId: elementId,
    dueAt: 5,
    changes: [change],
    ...(random() < 0.3 ? { retries: 2, retriesLeft: 0 } : {}),
  } as Command;
}
