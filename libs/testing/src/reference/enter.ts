import type { ElementModel, Work } from '@baton/engine';
import type { Draft } from './draft.js';
import { assignments } from './expression.js';
import { fireParallelJoin, hold } from './joins.js';
import { complete, pass } from './leave.js';
import { beginLoop } from './loop.js';
import type { Move, Visit } from './marking.js';
import { openInside } from './scope.js';
import { armBoundaries, awaitMessage, subscribe } from './subscription.js';
import { enterThrowing } from './throwing.js';

/** A token comes to an element. */
export function enter(draft: Draft, move: Move): void {
  const element = draft.net.element(move.element);
  if ('loop' in element && element.loop !== undefined && move.counter === undefined) return beginLoop(draft, move, element.loop);
  arrive(draft, move, element);
}

function arrive(draft: Draft, move: Move, element: ElementModel): void {
  switch (element.kind) {
    case 'startEvent':
    case 'boundaryEvent':
    case 'exclusiveGateway':
      pass(draft, move);
      return;
    case 'task':
    case 'manualTask':
      if (draft.oracle === undefined) pass(draft, move);
      else work(draft, move);
      return;
    case 'userTask':
    case 'callActivity':
      return work(draft, move);
    case 'serviceTask':
    case 'scriptTask':
    case 'businessRuleTask':
    case 'sendTask':
      return doWork(draft, move, element.work);
    case 'receiveTask': {
      const visit = stay(draft, move, 'event');
      return awaitMessage(draft, visit, element.id, element.message);
    }
    case 'subProcess':
      return openInside(draft, stay(draft, move, 'scope'));
    case 'intermediateCatchEvent':
      if (element.event.type === 'link') pass(draft, move);
      else subscribe(draft, element.id, element.event, { visit: draft.visit(move, 'event').id }, false);
      return;
    case 'intermediateThrowEvent':
    case 'endEvent':
      return enterThrowing(draft, move, element);
    case 'parallelGateway':
      return joinParallel(draft, move);
    case 'inclusiveGateway':
      if (draft.net.incoming(element.id).length > 1) hold(draft, move);
      else pass(draft, move);
      return;
    case 'eventBasedGateway':
      return awaitFirst(draft, draft.visit(move, 'event'));
    case 'complexGateway':
      throw new Error('The reference model does not cover complex gateways.');
  }
}

/** An activity that takes time: its boundary events are armed. */
function stay(draft: Draft, move: Move, waiting: Visit['waiting']): Visit {
  const visit = draft.visit(move, waiting);
  armBoundaries(draft, visit);
  return visit;
}

function work(draft: Draft, move: Move): void {
  stay(draft, move, 'work');
}

/** Jobs are done outside; scripts here and now; a message is sent and that is all. */
function doWork(draft: Draft, move: Move, how: Work): void {
  if (how.kind === 'job' || draft.oracle !== undefined) return work(draft, move);
  const visit = draft.visit(move, 'work');
  try {
    if (how.kind === 'expression') {
      const from = draft.view(visit);
      draft.write(
        from,
        assignments(how.expression.text, (name) => draft.read(from, name)),
      );
    }
    complete(draft, visit);
  } catch (why) {
    draft.stuck(visit, why);
  }
}

function joinParallel(draft: Draft, move: Move): void {
  if (draft.net.incoming(move.element).length <= 1) {
    pass(draft, move);
    return;
  }
  hold(draft, move);
  fireParallelJoin(draft, move);
}

/** An event-based gateway waits for all the events behind it at once. */
function awaitFirst(draft: Draft, gateway: Visit): void {
  for (const { target } of draft.net.outgoing(gateway.element)) {
    const element = draft.net.element(target);
    if (element.kind === 'receiveTask') awaitMessage(draft, gateway, target, element.message);
    if (element.kind === 'intermediateCatchEvent') subscribe(draft, target, element.event, { visit: gateway.id }, false);
  }
}
