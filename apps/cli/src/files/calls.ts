import type { Expression, ProcessModel } from '@baton/engine';

/** Something that is called, under a name that is written in the model. A name that is only computed cannot be looked for. */
export interface Call {
  readonly type: 'process' | 'decision';
  readonly id: string;
}

export function callsOf(model: ProcessModel): readonly Call[] {
  return model.elements.flatMap((element) => {
    if (element.kind === 'callActivity') return element.called.type === 'process' ? literal('process', element.called.processId) : [];
    return 'work' in element && element.work.kind === 'decision' ? literal('decision', element.work.decisionId) : [];
  });
}

/** Does none of the others call it? */
export function nobodyCalls({ id }: ProcessModel, all: readonly ProcessModel[]): boolean {
  return !all.some((other) => other.id !== id && callsOf(other).some((call) => call.type === 'process' && call.id === id));
}

function literal(type: Call['type'], expression: Expression): readonly Call[] {
  return expression.language === 'literal' ? [{ type, id: expression.text }] : [];
}
