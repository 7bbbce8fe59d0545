import { ModelInvalid, analyze, findUnsent } from '@baton/engine';
import type { Action, ProcessModel, SoundnessFinding } from '@baton/engine';
import type { ImportResult } from '@baton/bpml';

/** A finding of the soundness check, as `validate` reports it. */
export interface SoundnessIssue {
  readonly severity: SoundnessFinding['severity'];
  readonly code: string;
  readonly message: string;
  readonly elementId?: string;
  readonly elementIds: readonly string[];
  readonly counterexample?: readonly Action[];
}

/** What is unsound in the executable processes of a file; where it has none, in those that are only drawn. */
export function soundnessIssues({ processes, diagram }: ImportResult): readonly SoundnessIssue[] {
  const executable = processes.filter((model) => model.executable);
  const models = executable.length > 0 ? executable : processes;
  const messageFlows = diagram.edges.filter(({ kind }) => kind === 'messageFlow');
  return [...models.flatMap(findingsOf), ...findUnsent(processes, messageFlows)].map(issueOf);
}

function issueOf({ severity, code, message, elementIds, counterexample }: SoundnessFinding): SoundnessIssue {
  const [elementId] = elementIds;
  return {
    severity,
    code: `soundness-${code}`,
    message,
    ...(elementId !== undefined && { elementId }),
    elementIds,
    ...(counterexample !== undefined && { counterexample }),
  };
}

function findingsOf(model: ProcessModel): readonly SoundnessFinding[] {
  try {
    return analyze(model).findings;
  } catch (error) {
    // Why it does not compile is reported elsewhere.
    if (error instanceof ModelInvalid) return [];
    throw error;
  }
}

/** A counterexample in one line: `start → complete a → fire late (f2: yes)`. */
export function inOneLine(example: readonly Action[]): string {
  return example.map(wordsOf).join(' → ');
}

function wordsOf(action: Action): string {
  const answers = action.choices.map(({ question, value }) => `${question.slice(question.indexOf(':') + 1)}: ${value ? 'yes' : 'no'}`);
  return answers.length === 0 ? deedOf(action) : `${deedOf(action)} (${answers.join(', ')})`;
}

function deedOf(action: Action): string {
  switch (action.type) {
    case 'start':
      return action.elementId === undefined ? 'start' : `start ${action.elementId}`;
    case 'signal':
      return `signal ${action.name}`;
    case 'throwError':
      return `error ${action.errorCode} at ${action.elementId}`;
    case 'throwEscalation':
      return `escalation ${action.escalationCode} at ${action.elementId}`;
    case 'activate':
      return `begin ${action.activityId}`;
    default:
      return `${action.type} ${action.elementId}`;
  }
}
