import { armTarget } from './behaviors/event-based-gateway.js';
import type { Command } from './command.js';
import type { Variables } from './json.js';
import type { MultipleEvent, Trigger } from './model.js';
import type { Element } from './process.js';
import { Refusal } from './refusal.js';
import type { Run } from './run.js';
import { Scene } from './scene.js';
import { arm } from './triggers/arm.js';
import { armEventSubProcesses } from './triggers/arm-event-sub-processes.js';
import { noteConversationAt } from './triggers/messages.js';
import { NO_VARIABLES, variable } from './variables.js';

type Start = Extract<Command, { readonly type: 'start' }>;

/**
 * Begin an instance where the command says: at a start event, at a receive task or behind an event-based
 * gateway that starts instances; unnamed, at the only none start event.
 *
 * A process without any start event begins at every element that no flow leads to (BPMN 2.0.2, 13.2).
 *
 * @throws Refusal `no-start-event`
 */
export function start(run: Run, command: Start): void {
  const elements = startElements(run, command);
  const first = elements[0]!;
  const isTriggered = command.startElementId !== undefined && isTriggeredStart(first);
  // What a trigger brings is written by the event it came to; what a caller hands over is there from the beginning.
  const hasOwnPayload = isTriggered && first.outputs !== undefined;
  run.emit({
    type: 'instanceStarted',
    at: command.at,
    processId: run.process.id,
    startElementId: first.id,
    variables: hasOwnPayload ? NO_VARIABLES : command.variables,
    ...(command.businessKey === undefined ? {} : { businessKey: command.businessKey }),
    ...(command.parent === undefined ? {} : { parent: command.parent }),
    ...(command.by === undefined ? {} : { by: command.by }),
  });
  const { model } = first;
  if (model.kind === 'startEvent' && model.initiatorVariable !== undefined) {
    run.writeTo(0, variable(model.initiatorVariable, command.by ?? null));
  }
  armEventSubProcesses(run, 0, run.process.eventSubProcesses);
  if (!isTriggered) for (const element of elements) run.arrive(element, 0);
  else beginAt(run, first, hasOwnPayload ? command.variables : NO_VARIABLES, command);
}

function beginAt(run: Run, element: Element, payload: Variables, { part, variables }: Start): void {
  const { model } = element;
  noteConversationAt(new Scene(run, element, 0), model, part, variables);
  if (model.kind === 'startEvent' && model.event.type === 'multiple' && model.event.parallel) {
    return waitForOtherParts(run, element, model.event, part ?? 0);
  }
  const gateway = instantiatingGateway(element);
  if (gateway === undefined) return run.visit(element, 0, payload);
  run.emit({ type: 'elementActivated', key: run.instance.nextKey, elementId: gateway.id, scope: 0 });
  const host = run.instance.nextKey - 1;
  const isParallel = gateway.model.kind === 'eventBasedGateway' && gateway.model.parallel === true;
  const others = isParallel ? gateway.outgoing.filter(({ target }) => target !== element) : [];
  const scene = run.scene(host);
  try {
    for (const { target } of others) armTarget(scene, target);
  } catch (error) {
    scene.fail(error);
  }
  if (others.length === 0) run.emit({ type: 'elementCompleted', key: host, elementId: gateway.id });
  run.visit(element, 0, payload, gateway.outgoing.find(({ target }) => target === element)?.id);
}

/** The first of several events that are all required has started the instance; it waits for the rest. */
function waitForOtherParts(run: Run, element: Element, event: MultipleEvent<Trigger>, part: number): void {
  const scene = new Scene(run, element, 0, { caught: true });
  const host = scene.activate();
  run.emit({ type: 'partSeen', host, elementId: element.id, part });
  try {
    for (const [index, one] of event.events.entries()) {
      if (index !== part) arm(scene, { elementId: element.id, host, part: index }, one);
    }
  } catch (error) {
    scene.fail(error);
  }
}

function startElements(run: Run, { startElementId, atAllStarts }: Start): readonly Element[] {
  const { process } = run;
  if (startElementId === undefined) {
    const [first, second] = process.starts;
    if (first === undefined)
      throw new Refusal('no-start-event', `Process ${process.id} has no plain start event; name the one to start at.`);
    if (second !== undefined && first.model.kind === 'startEvent' && atAllStarts !== true) {
      throw new Refusal(
        'no-start-event',
        `Process ${process.id} has several start events: ${process.starts.map(({ id }) => id).join(', ')}. Name one.`,
      );
    }
    return process.starts;
  }
  const element = process.byId.get(startElementId);
  const isStart = element?.model.kind === 'startEvent' || (element !== undefined && isTriggeredStart(element));
  if (!isStart || element.model.parent !== undefined) {
    throw new Refusal('no-start-event', `Process ${process.id} has no start event ${startElementId}.`);
  }
  return [element];
}

/** Does something other than a plain start bring instances into being here? */
function isTriggeredStart(element: Element): boolean {
  const { model } = element;
  if (model.kind === 'startEvent') return model.event.type !== 'none';
  return (model.kind === 'receiveTask' && model.instantiate === true) || instantiatingGateway(element) !== undefined;
}

function instantiatingGateway({ incoming }: Element): Element | undefined {
  return incoming.find(({ source: { model } }) => model.kind === 'eventBasedGateway' && model.instantiate === true)?.source;
}
