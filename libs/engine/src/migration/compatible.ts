import { definitionsOf } from '../expressions-of.js';
import type { ElementModel } from '../model.js';
import type { Element } from '../process.js';

/**
 * Why something under way at one element cannot go on at another; `undefined` when it can.
 *
 * What is under way stays as it began: an open job keeps its type, a subscription its name, a timer its due time.
 * So only what decides how it goes on must agree.
 */
export function incompatibility(from: Element, to: Element): string | undefined {
  const [a, b] = [from.model, to.model];
  if (a.kind !== b.kind) return `is a ${a.kind}, ${to.id} a ${b.kind}`;
  if (eventsOf(a) !== eventsOf(b)) return `is about ${eventsOf(a)}, ${to.id} about ${eventsOf(b)}`;
  if (loopOf(from) !== loopOf(to)) return `has ${loopOf(from)}, ${to.id} ${loopOf(to)}`;
  const [traitsOfA, traitsOfB] = [traitsOf(a), traitsOf(b)];
  if (traitsOfA !== traitsOfB) return `is ${traitsOfA}, ${to.id} is ${traitsOfB}`;
  return undefined;
}

/** The types of an event's definitions, in their order: parts that were seen are numbered. */
function eventsOf(model: ElementModel): string {
  if (!('event' in model)) return 'nothing';
  const types = definitionsOf(model.event).map(({ type }) => type);
  return model.event.type === 'multiple' && model.event.parallel ? `all of ${types.join(', ')}` : types.join(', ');
}

function loopOf({ loop }: Element): string {
  if (loop === undefined) return 'no loop';
  if (loop.kind === 'standard') return 'a standard loop';
  return loop.sequential ? 'sequential instances' : 'parallel instances';
}

function traitsOf(model: ElementModel): string {
  switch (model.kind) {
    case 'callActivity':
      return model.called.type === 'process' ? 'the call of a process' : 'the call of a callable sub-process';
    case 'subProcess':
      if (model.triggeredByEvent === true) return 'an event sub-process';
      if (model.transaction === true) return 'a transaction';
      if (model.callable === true) return 'callable';
      return model.adHoc === undefined ? 'an embedded sub-process' : `a ${model.adHoc.ordering} ad-hoc sub-process`;
    case 'eventBasedGateway':
      return model.parallel === true ? 'a gateway that waits for all its events' : 'a gateway that waits for one of its events';
    case 'serviceTask':
    case 'scriptTask':
    case 'businessRuleTask':
    case 'sendTask':
      return `done by a ${model.work.kind}`;
    case 'intermediateThrowEvent':
    case 'endEvent':
      return definitionsOf(model.event).some((event) => event.type === 'message' && 'work' in event && event.work.kind === 'job')
        ? 'done by a job'
        : 'plain';
    default:
      return 'plain';
  }
}
