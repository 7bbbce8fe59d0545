import { definitionsOf } from '../expressions-of.js';
import type { Instance, Key, Subscription, Timer } from '../instance.js';
import type { BoundaryEventModel, ElementId, StartEventModel } from '../model.js';
import type { Element } from '../process.js';
import { find, get } from '../table.js';
import type { Correspondence } from './correspondence.js';
import type { MigrationProblem } from './plan.js';

type Armed = Timer | Subscription;

/** What is armed on borders, in scopes and behind gateways must be about the same in the new version, or be gone from it. */
export function eventProblems(
  found: Correspondence,
  instance: Instance,
  add: (code: MigrationProblem['code'], elementId: ElementId, message: string) => void,
): void {
  for (const armed of [...instance.timers, ...instance.subscriptions]) {
    const target = found.element(armed.elementId);
    if (target === undefined || !isBeside(instance, armed)) continue;
    const old = found.from.byId.get(armed.elementId)!;
    if (typeOf(old, armed.part) !== typeOf(target, armed.part)) {
      add(
        'event-differs',
        armed.elementId,
        `${armed.elementId} waits for a ${typeOf(old, armed.part)}, ${target.id} for a ${typeOf(target, armed.part)}.`,
      );
    } else if (!belongs(found, instance, armed.host, target)) {
      add('event-differs', armed.elementId, `${armed.elementId} is armed, but ${target.id} does not belong to what it is armed for.`);
    }
  }
}

/** What is armed and no longer drawn: it is waited for no more. */
export function vanished(found: Correspondence, instance: Instance): readonly Armed[] {
  return [...instance.timers, ...instance.subscriptions].filter(
    (armed) => isBeside(instance, armed) && found.element(armed.elementId) === undefined,
  );
}

/** Does it wait beside its host, rather than being what the host itself waits for? */
function isBeside(instance: Instance, { elementId, host }: Armed): boolean {
  return host === 0 || find(instance.elements, host)?.elementId !== elementId;
}

function typeOf({ model }: Element, part: number | undefined): string {
  if (model.kind === 'receiveTask') return 'message';
  if (!('event' in model)) return model.kind;
  if (part === undefined) return model.event.type;
  return definitionsOf(model.event)[part]?.type ?? 'nothing';
}

/** Is the event on the border of, in, or behind what its host becomes? */
function belongs(found: Correspondence, instance: Instance, host: Key, { model, incoming }: Element): boolean {
  const owner = host === 0 ? undefined : found.element(get(instance.elements, host).elementId);
  if (host !== 0 && owner === undefined) return true; // told of the owner
  if (isBoundary(model)) return model.attachedTo === owner?.id;
  if (isTriggeredStart(model)) return found.to.byId.get(model.parent!)?.model.parent === insideOf(owner);
  return incoming.some(({ source }) => source === owner);
}

function insideOf(owner: Element | undefined): ElementId | undefined {
  if (owner?.model.kind === 'callActivity' && owner.model.called.type === 'callable') return owner.model.called.elementId;
  return owner?.id;
}

function isBoundary(model: Element['model']): model is BoundaryEventModel {
  return model.kind === 'boundaryEvent';
}

function isTriggeredStart(model: Element['model']): model is StartEventModel {
  return model.kind === 'startEvent' && model.parent !== undefined;
}
