import type { Command, CommandType } from './command.js';
import type { Instance, InstanceStatus, Key, WaitingFor } from './instance.js';
import { Refusal } from './refusal.js';
import { find } from './table.js';

/**
 * What an instance takes in each state: does it, keeps it for later, or refuses it.
 *
 * - `created`: nothing has happened yet.
 * - `suspended`: no token moves. Answers from outside are kept and taken up on resume; people are told to wait.
 * - `completed`, `terminated`: the end. Nothing follows.
 *
 * Source: BPMN 2.0.2, 13.2 (process states); suspension is ours.
 */
export const LIFE_CYCLE: Readonly<Record<CommandType, Readonly<Record<InstanceStatus, 'takes' | 'keeps' | 'refuses'>>>> = {
  start: { created: 'takes', active: 'refuses', suspended: 'refuses', completed: 'refuses', terminated: 'refuses' },
  completeJob: { created: 'refuses', active: 'takes', suspended: 'keeps', completed: 'refuses', terminated: 'refuses' },
  failJob: { created: 'refuses', active: 'takes', suspended: 'keeps', completed: 'refuses', terminated: 'refuses' },
  throwError: { created: 'refuses', active: 'takes', suspended: 'keeps', completed: 'refuses', terminated: 'refuses' },
  throwEscalation: { created: 'refuses', active: 'takes', suspended: 'keeps', completed: 'refuses', terminated: 'refuses' },
  assignUserTask: { created: 'refuses', active: 'takes', suspended: 'takes', completed: 'refuses', terminated: 'refuses' },
  completeUserTask: { created: 'refuses', active: 'takes', suspended: 'refuses', completed: 'refuses', terminated: 'refuses' },
  completeChild: { created: 'refuses', active: 'takes', suspended: 'keeps', completed: 'refuses', terminated: 'refuses' },
  failChild: { created: 'refuses', active: 'takes', suspended: 'keeps', completed: 'refuses', terminated: 'refuses' },
  escalateChild: { created: 'refuses', active: 'takes', suspended: 'keeps', completed: 'refuses', terminated: 'refuses' },
  fireTimer: { created: 'refuses', active: 'takes', suspended: 'keeps', completed: 'refuses', terminated: 'refuses' },
  correlateMessage: { created: 'refuses', active: 'takes', suspended: 'keeps', completed: 'refuses', terminated: 'refuses' },
  receiveSignal: { created: 'refuses', active: 'takes', suspended: 'keeps', completed: 'refuses', terminated: 'refuses' },
  continue: { created: 'refuses', active: 'takes', suspended: 'refuses', completed: 'refuses', terminated: 'refuses' },
  setVariables: { created: 'refuses', active: 'takes', suspended: 'takes', completed: 'refuses', terminated: 'refuses' },
  resolveIncident: { created: 'refuses', active: 'takes', suspended: 'takes', completed: 'refuses', terminated: 'refuses' },
  suspend: { created: 'refuses', active: 'takes', suspended: 'refuses', completed: 'refuses', terminated: 'refuses' },
  resume: { created: 'refuses', active: 'refuses', suspended: 'takes', completed: 'refuses', terminated: 'refuses' },
  cancel: { created: 'refuses', active: 'takes', suspended: 'takes', completed: 'refuses', terminated: 'refuses' },
  activateAdHoc: { created: 'refuses', active: 'takes', suspended: 'refuses', completed: 'refuses', terminated: 'refuses' },
  completeAdHoc: { created: 'refuses', active: 'takes', suspended: 'refuses', completed: 'refuses', terminated: 'refuses' },
  rescheduleTimer: { created: 'refuses', active: 'takes', suspended: 'takes', completed: 'refuses', terminated: 'refuses' },
  modify: { created: 'refuses', active: 'takes', suspended: 'takes', completed: 'refuses', terminated: 'refuses' },
};

/** What an element instance must wait for, for an answer to make sense. */
const ANSWERS: Readonly<Partial<Record<CommandType, readonly WaitingFor[]>>> = {
  completeJob: ['job'],
  failJob: ['job'],
  throwError: ['job', 'userTask'],
  throwEscalation: ['job', 'userTask'],
  assignUserTask: ['userTask'],
  completeUserTask: ['userTask'],
  escalateChild: ['child'],
  activateAdHoc: ['adHoc', 'scope'],
  completeAdHoc: ['adHoc', 'scope'],
};

const SENTENCES: Readonly<Record<InstanceStatus, string>> = {
  created: 'This instance has not been started.',
  active: 'This instance is active.',
  suspended: 'This instance is suspended; resume it first.',
  completed: 'This instance is completed; it takes no more commands.',
  terminated: 'This instance is terminated; it takes no more commands.',
};

/**
 * Whether a command fits the life of an instance and of what it names.
 *
 * @returns `keeps` when it is to be taken up on resume
 * @throws Refusal `already-started`, `instance-suspended`, `instance-not-active`, `not-waiting`
 */
export function admit(instance: Instance, command: Command): 'takes' | 'keeps' {
  const verdict = LIFE_CYCLE[command.type][instance.status];
  if (verdict === 'refuses') throw new Refusal(codeOf(command.type, instance.status), SENTENCES[instance.status]);
  const waited = ANSWERS[command.type];
  if (waited !== undefined && 'key' in command) expectWaiting(instance, command.key, waited);
  return verdict;
}

/** Only what is under way can be moved to another version. @throws Refusal `instance-not-active` */
export function expectRunning({ status }: Instance): void {
  if (status !== 'active' && status !== 'suspended') throw new Refusal('instance-not-active', SENTENCES[status]);
}

function codeOf(type: CommandType, status: InstanceStatus): string {
  if (type === 'start') return 'already-started';
  if (status === 'suspended') return 'instance-suspended';
  return status === 'active' ? 'instance-active' : 'instance-not-active';
}

function expectWaiting(instance: Instance, key: Key, kinds: readonly WaitingFor[]): void {
  const waiting = find(instance.elements, key)?.waiting;
  if (waiting === undefined || !kinds.includes(waiting)) {
    throw new Refusal('not-waiting', `Element instance ${key} is not waiting for a ${kinds.join(' or ')}.`);
  }
}
