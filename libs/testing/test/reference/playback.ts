import type { ProcessModel } from '@baton/engine';
import { choices, type Choice } from '../../src/reference/choice.js';
import { perform, start, type Step } from '../../src/reference/interpreter.js';
import type { Values } from '../../src/reference/marking.js';
import { netOf, type Net } from '../../src/reference/net.js';

const SIGNS = { activated: '+', completed: '-', terminated: '!', caught: '?', thrown: '^' } as const;

/** One instance in the reference model, played by hand. */
export class Playback {
  private readonly net: Net;
  private step: Step;

  constructor(model: ProcessModel, variables: Values = {}) {
    this.net = netOf(model);
    this.step = start(this.net, variables);
  }

  get status(): string {
    return this.step.marking.status;
  }

  /** Where tokens are: at elements, and on flows before a join (in parentheses). */
  get at(): readonly string[] {
    const { visits, held } = this.step.marking;
    return [...visits.map(({ element }) => element), ...held.map(({ element }) => `(${element})`)];
  }

  get incidents(): readonly string[] {
    return this.step.marking.visits.filter(({ waiting }) => waiting === 'incident').map(({ element }) => element);
  }

  get variables(): Values {
    return this.step.marking.scopes[0]?.variables ?? {};
  }

  /** What the last step did: `a` was passed, `+a` activated, `-a` completed, `!a` terminated. */
  get trace(): readonly string[] {
    const lines: string[] = [];
    for (const { elementId, event } of this.step.trace) {
      if (event === 'caught' || event === 'thrown') continue;
      if (event === 'completed' && lines.at(-1) === `+${elementId}`) lines[lines.length - 1] = elementId;
      else lines.push(`${SIGNS[event]}${elementId}`);
    }
    return lines;
  }

  get choices(): readonly Choice[] {
    return choices(this.net, this.step.marking);
  }

  /** Complete the oldest work at an element. */
  complete(elementId: string, variables: Values = {}): this {
    return this.perform({ type: 'complete', elementId, nth: 0, variables });
  }

  fail(elementId: string, code: string): this {
    return this.perform({ type: 'throwError', elementId, nth: 0, code });
  }

  fire(elementId: string): this {
    return this.perform({ type: 'fireTimer', elementId, nth: 0, name: '' });
  }

  receive(elementId: string): this {
    return this.perform({ type: 'message', elementId, nth: 0, name: '' });
  }

  signal(name: string): this {
    return this.perform({ type: 'signal', name });
  }

  perform(choice: Choice): this {
    this.step = perform(this.net, this.step.marking, choice);
    return this;
  }
}
