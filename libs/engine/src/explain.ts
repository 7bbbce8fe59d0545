import type { Event, FlowReason } from './event.js';
import type { Key } from './instance.js';
import type { Variables } from './json.js';
import type { ElementId } from './model.js';

/**
 * Why things went as they did at one element, in sentences, oldest first.
 *
 * Made from the facts of the history; the sentences themselves are stored nowhere.
 */
export function explain(events: Iterable<Event>, elementId: ElementId): string[] {
  const sentences: string[] = [];
  const elementIds = new Map<Key, ElementId>();
  for (const event of events) {
    if (event.type === 'elementActivated') elementIds.set(event.key, event.elementId);
    const concerns = 'elementId' in event ? event.elementId : 'key' in event ? elementIds.get(event.key) : undefined;
    const isHost = event.type === 'errorCaught' && elementIds.get(event.host) === elementId;
    if (concerns === elementId || isHost) sentences.push(...sentencesOf(event));
  }
  return sentences;
}

function sentencesOf(event: Event): readonly string[] {
  switch (event.type) {
    case 'routeChosen':
      return event.reasons.map((reason) => weighed(reason, event.taken.includes(reason.flowId)));
    case 'decisionEvaluated':
      return event.matches.map(
        ({ decisionId, decisionName, inputs, ruleIds, value }) =>
          `Decision ${decisionName ?? decisionId} gave ${JSON.stringify(value)}: ${
            ruleIds.length === 0 ? 'no rule matched' : `${ruleIds.length === 1 ? 'rule' : 'rules'} ${ruleIds.join(', ')} matched`
          }${withValues(inputs)}.`,
      );
    case 'jobFailed':
      return [`The attempt failed: ${event.message} (${event.retriesLeft} left).`];
    case 'errorThrown':
      return [`The error ${event.errorCode} was thrown here${event.message === undefined ? '' : `: ${event.message}`}.`];
    case 'errorCaught':
      return [`The error ${event.errorCode} was caught by ${event.elementId}.`];
    case 'incidentCreated':
      return [`It stopped with ${event.code}: ${event.message}${event.reads === undefined ? '' : withValues(event.reads)}`];
    default:
      return [];
  }
}

function weighed({ flowId, condition, reads, isDefault }: FlowReason, isTaken: boolean): string {
  const verb = isTaken ? 'was taken' : 'was not taken';
  if (isDefault) return `The default flow ${flowId} ${verb}, because no condition was true.`;
  if (condition === undefined) return `The flow ${flowId} ${verb}: it has no condition.`;
  return `The flow ${flowId} ${verb}: “${condition}” was ${isTaken}${withValues(reads ?? {})}.`;
}

function withValues(reads: Variables): string {
  const values = Object.entries(reads).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return values.length === 0 ? '' : ` (with ${values.join(', ')})`;
}
