import type { Event, FlowReason } from '../event.js';
import { byWhom, closed, listed, say, withValues } from './sentence.js';
import type { Moment, Sentence } from './sentence.js';

/** Sentences about choices: which way, by which rules, for whom. */
export function choiceSentences({ event, chronicle }: Moment): readonly Sentence[] {
  switch (event.type) {
    case 'routeChosen':
      return event.reasons.flatMap((reason) => say(weighed(reason, event.taken.includes(reason.flowId)), event.elementId));
    case 'decisionEvaluated':
      return event.matches.flatMap(({ decisionId, decisionName, inputs, ruleIds, value }) => {
        const matched =
          ruleIds.length === 0 ? 'no rule matched' : `${ruleIds.length === 1 ? 'rule' : 'rules'} ${ruleIds.join(', ')} matched`;
        return say(
          `Decision ${decisionName ?? decisionId} gave ${JSON.stringify(value)}: ${matched}${withValues(inputs)}.`,
          event.elementId,
        );
      });
    case 'userTaskCreated':
      return offered(event);
    case 'userTaskAssigned': {
      const to = event.assignee === null ? 'was taken from its assignee' : `was assigned to ${event.assignee}`;
      return say(`It ${to}${byWhom(event)}.`, chronicle.elementAt(event.key));
    }
    case 'userTaskCompleted':
      return event.by === undefined ? [] : say(`${event.by} completed it.`, chronicle.elementAt(event.key));
    default:
      return [];
  }
}

function offered({
  elementId,
  assignee,
  candidateUsers,
  candidateGroups,
}: Extract<Event, { readonly type: 'userTaskCreated' }>): readonly Sentence[] {
  if (assignee !== undefined) return say(`It was assigned to ${assignee}, as modeled.`, elementId);
  const names = [...candidateUsers, ...candidateGroups];
  return names.length === 0 ? [] : say(`It was offered to ${listed(names)}.`, elementId);
}

export function weighed({ flowId, condition, reads, isDefault }: FlowReason, isTaken: boolean): string {
  const verb = isTaken ? 'was taken' : 'was not taken';
  if (isDefault) return `The default flow ${flowId} ${verb}, because no condition was true.`;
  if (condition === undefined) return `The flow ${flowId} ${verb}: it has no condition.`;
  return `The flow ${flowId} ${verb}: “${condition}” was ${isTaken}${withValues(reads ?? {})}.`;
}

/** Sentences about attempts, incidents, called processes and what operators did. */
export function workSentences({ event, chronicle }: Moment): readonly Sentence[] {
  switch (event.type) {
    case 'jobFailed':
      return say(`The attempt failed: ${event.message} (${event.retriesLeft} left).`, chronicle.elementAt(event.key));
    case 'incidentCreated':
      return say(
        `It stopped with ${event.code}: ${event.message}${event.reads === undefined ? '' : withValues(event.reads)}`,
        event.elementId,
      );
    case 'incidentResolved': {
      const incident = chronicle.incidents.get(event.incident);
      if (incident === undefined) return [];
      const again = incident.isWayOut ? 'only its way out was tried again' : 'it was tried again';
      return say(`The incident ${incident.code} was resolved${byWhom(event)}, and ${again}.`, chronicle.elementAt(incident.host));
    }
    case 'childStarted':
      return say(
        `It started the process ${event.calledProcessId}${event.detached === true ? ' and did not wait for it' : ''}.`,
        event.elementId,
      );
    case 'variablesSet':
      if (event.reason === undefined) return [];
      return say(closed(`${listed(Object.keys(event.variables))} was set${byWhom(event)}`), chronicle.elementAt(event.scope));
    case 'commandDeferred': {
      const { command } = event;
      const key = 'timer' in command ? command.timer : 'subscription' in command ? command.subscription : undefined;
      const about =
        key === undefined ? ('key' in command ? chronicle.elementAt(command.key) : undefined) : chronicle.armed.get(key)?.elementId;
      return say('An answer came while the instance was suspended, and was kept for later.', about);
    }
    case 'instanceMigrated':
      return Object.entries(event.elements).flatMap(([before, now]) =>
        say(closed(`The instance was moved to another version${before === now ? '' : `, where ${before} is ${now}`}${byWhom(event)}`), now),
      );
    default:
      return [];
  }
}
