import { fireBoundary } from './boundaries.js';
import { fireEventSubProcess } from './event-sub-processes.js';
import { passGateway } from '../behaviors/event-based-gateway.js';
import type { Armed } from '../event.js';
import type { Subscription, Timer } from '../instance.js';
import type { Variables } from '../json.js';
import type { ElementModel } from '../model.js';
import type { Run } from '../run.js';
import { get } from '../table.js';
import { ownValue } from '../variables.js';
import { scopeOf } from './scope-of.js';

/** What was armed before it fired: with everything a repetition needs. */
export type Fired = Armed | Timer | Subscription;

/** An event has come to where it was waited for: to the event itself, an activity's border, a gateway or an event sub-process. */
export function deliver(run: Run, fired: Fired, payload: Variables): void {
  const { elementId, host } = fired;
  const element = run.element(elementId);
  if (!isComplete(run, fired, element.model)) {
    run.writeTo(scopeOf(run, fired), payload);
    return;
  }
  const { model } = element;
  if (host !== 0 && run.token(host).elementId === elementId) return run.resume(host, payload);
  if (model.kind === 'boundaryEvent') return fireBoundary(run, fired, payload);
  if (model.kind === 'startEvent') return fireEventSubProcess(run, element, host, payload, fired);
  passGateway(run, host, element, payload);
}

/** Where several definitions are all required, is this the last one? */
function isComplete(run: Run, { elementId, host, part }: Fired, model: ElementModel): boolean {
  if (part === undefined || !('event' in model) || model.event.type !== 'multiple' || !model.event.parallel) return true;
  const owner = host === 0 ? get(run.instance.scopes, 0) : run.token(host);
  const seen = new Set(ownValue(owner.seen ?? {}, elementId)).add(part);
  const isLast = model.event.events.every((_, index) => seen.has(index));
  run.emit({ type: 'partSeen', host, elementId, part, ...(isLast ? { last: true } : undefined) });
  return isLast;
}
