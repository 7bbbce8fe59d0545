import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { playScenario } from './scenario.js';
import type { Scenario } from './scenario.js';

// Features: M-01, E-01, E-02, E-03, E-04, E-06

/**
 * Small processes as people draw them, each with a golden trace: what happened, checked by hand against the specification.
 *
 * After a change that is meant to change a trace: `UPDATE_GOLDEN=1 vitest run --project integration scenarios`, then read the diff.
 */
const folder = join(import.meta.dirname, 'scenarios');
const scenarios = readdirSync(folder)
  .filter((file) => file.endsWith('.bpmn'))
  .map((file) => file.replace(/\.bpmn$/, ''));

const pathOf = (name: string, extension: string) => join(folder, `${name}.${extension}`);
const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

function optionsOf(name: string): Scenario {
  return JSON.parse(read(pathOf(name, 'json')) ?? '{}') as Scenario;
}

describe('scenarios', () => {
  it.each(scenarios)('%s goes as its golden trace says', async (name) => {
    const trace = await playScenario(`${name}.bpmn`, readFileSync(pathOf(name, 'bpmn')), optionsOf(name));
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(pathOf(name, 'trace.txt'), trace);

    expect(trace).toBe(read(pathOf(name, 'trace.txt')) ?? `There is no ${name}.trace.txt yet.`);
  });

  it('leave no trace without a process', () => {
    const others = readdirSync(folder).filter((file) => !scenarios.includes(file.replace(/\.(bpmn|json|trace\.txt)$/, '')));

    expect(others).toEqual([]);
  });

  it('use every element of a process that the standard knows', () => {
    const elements = new Set(scenarios.flatMap((name) => elementsOf(read(pathOf(name, 'bpmn'))!)));

    expect(STANDARD.filter((element) => !elements.has(element))).toEqual([]);
  });
});

/** Every element, and every event together with what it is about: `boundaryEvent/timer`. */
function elementsOf(bpmn: string): readonly string[] {
  const opened = [...bpmn.matchAll(/<(\/?)(?:\w+:)?(\w+)/g)];
  let event = '';
  return opened.flatMap(([, close, local]) => {
    if (close === '/') return [];
    const about = /^(.+)EventDefinition$/.exec(local!)?.[1];
    if (about !== undefined) return [`${event}/${about === 'compensate' ? 'compensation' : about}`];
    if (local!.endsWith('Event')) event = local!;
    return [local!];
  });
}

const ACTIVITIES =
  'task userTask manualTask serviceTask scriptTask businessRuleTask sendTask receiveTask callActivity subProcess transaction adHocSubProcess';
const GATEWAYS = 'exclusiveGateway parallelGateway inclusiveGateway complexGateway eventBasedGateway';
const OTHERS =
  'standardLoopCharacteristics multiInstanceLoopCharacteristics globalScriptTask globalUserTask dataObject ioSpecification laneSet messageFlow correlationKey';

const STANDARD: readonly string[] = [
  ...`${ACTIVITIES} ${GATEWAYS} ${OTHERS}`.split(' '),
  ...about('startEvent', 'message', 'timer', 'conditional', 'signal', 'error', 'escalation', 'compensation'),
  ...about('intermediateCatchEvent', 'message', 'timer', 'conditional', 'signal', 'link'),
  ...about('boundaryEvent', 'message', 'timer', 'conditional', 'signal', 'error', 'escalation', 'cancel', 'compensation'),
  ...about('intermediateThrowEvent', 'message', 'signal', 'escalation', 'compensation', 'link'),
  ...about('endEvent', 'message', 'signal', 'error', 'escalation', 'cancel', 'compensation', 'terminate'),
];

function about(event: string, ...definitions: readonly string[]): readonly string[] {
  return definitions.map((definition) => `${event}/${definition}`);
}
