import type { ElementModel, EndEventDefinition, Expression, Loop, TimerEvent } from '@baton/engine';
import type { BorderKind, FinishKind, LoopKind, StepKind, WaitKind } from './random-plan.js';

export const literal = (text: string): Expression => ({ language: 'literal', text });
export const feel = (text: string): Expression => ({ language: 'feel', text });

const message = (name: number) => ({ type: 'message', message: { name: literal(`message${name}`) } }) as const;
const signal = (name: number) => ({ type: 'signal', name: literal(`signal${name}`) }) as const;
const timer = (name: number): TimerEvent => ({
  type: 'timer',
  timer: name === 0 ? { kind: 'duration', expression: literal('PT1H') } : { kind: 'cycle', expression: literal('R2/PT1H') },
});
const DURATION = timer(0);

/** Names are few, so that throws find their catchers. */
export function caughtEvent(kind: BorderKind, name: number) {
  switch (kind) {
    case 'timer':
      return timer(name);
    case 'message':
      return message(name);
    case 'signal':
      return signal(name);
    case 'error':
      return name === 0 ? ({ type: 'error' } as const) : ({ type: 'error', errorCode: 'error1' } as const);
    case 'escalation':
      return name === 0 ? ({ type: 'escalation' } as const) : ({ type: 'escalation', escalationCode: 'escalation1' } as const);
  }
}

export function waitEvent(id: string, kind: WaitKind, name: number): ElementModel {
  if (kind === 'receiveTask') return { kind, id, message: { name: literal(`message${name}`) } };
  const event = kind === 'timer' ? DURATION : kind === 'message' ? message(name) : signal(name);
  return { kind: 'intermediateCatchEvent', id, event };
}

export function finishEvent(how: FinishKind, name: number, inTransaction: boolean): EndEventDefinition {
  switch (how) {
    case 'none':
    case 'terminate':
    case 'compensation':
      return { type: how };
    case 'cancel':
      return { type: inTransaction ? 'cancel' : 'none' };
    case 'error':
      return { type: 'error', errorCode: `error${name}` };
    case 'escalation':
      return { type: 'escalation', escalationCode: `escalation${name}` };
    case 'signal':
      return signal(name);
  }
}

export function step(id: string, kind: Exclude<StepKind, 'link'>, name: number): ElementModel {
  switch (kind) {
    case 'userTask':
    case 'task':
    case 'manualTask':
      return { kind, id };
    case 'serviceTask':
      return { kind, id, work: { kind: 'job', jobType: literal('noop') } };
    case 'scriptTask':
      return { kind, id, work: { kind: 'expression', expression: feel('{ n: n + 1 }') } };
    case 'receiveTask':
      return waitEvent(id, kind, name);
    case 'timerCatch':
      return waitEvent(id, 'timer', name);
    case 'messageCatch':
      return waitEvent(id, 'message', name);
    case 'signalCatch':
      return waitEvent(id, 'signal', name);
    case 'noneThrow':
      return { kind: 'intermediateThrowEvent', id, event: { type: 'none' } };
    case 'signalThrow':
      return { kind: 'intermediateThrowEvent', id, event: signal(name) };
    case 'escalationThrow':
      return { kind: 'intermediateThrowEvent', id, event: { type: 'escalation', escalationCode: `escalation${name}` } };
    case 'compensationThrow':
      return { kind: 'intermediateThrowEvent', id, event: { type: 'compensation', ...(name === 0 ? {} : { waitForCompletion: false }) } };
  }
}

export function loopOf(kind: LoopKind): Loop {
  const many = { kind: 'multiInstance', cardinality: literal('2') } as const;
  switch (kind) {
    case 'parallel':
      return { ...many, sequential: false };
    case 'sequential':
      return { ...many, sequential: true };
    case 'parallelUntil':
      return { ...many, sequential: false, cardinality: literal('3'), completionCondition: feel('numberOfCompletedInstances > 1') };
    case 'none':
      return { ...many, sequential: false, cardinality: literal('0') };
    case 'while':
      return { kind: 'standard', testBefore: true, condition: feel('loopCounter < 2') };
    case 'until':
      return { kind: 'standard', testBefore: false, condition: feel('n < 3'), maximum: literal('3') };
  }
}
