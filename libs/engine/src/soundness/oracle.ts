import type { Choice } from './action.js';
import type { CompiledExpression, ExpressionPort } from '../ports.js';

/**
 * Times one question may be asked within one step where tokens could go round without waiting: often enough to
 * go back twice, which shows what leaves two tokens behind on each round, and then on.
 */
const ROUNDS_MAX = 3;

/** Questions one step may ask at all. */
const QUESTIONS_MAX = 60;

/** Series of answers that are tried for one step. */
const SERIES_MAX = 1_024;

/** Answers the questions of one step, and remembers what was asked. */
export class Oracle {
  readonly asked: Choice[] = [];
  /** The step asked more than there is to learn, or than the script knows. */
  isCut = false;
  /** It was cut off although there was more to learn. */
  isOverrun = false;

  constructor(private readonly answer: (question: string, index: number, instance: string) => boolean | undefined) {}

  /** `instance` tells inner instances of a loop apart, which ask the same. */
  ask(question: string, instance: string): boolean {
    const value = this.isCut ? undefined : this.answer(question, this.asked.length, instance);
    this.isOverrun ||= this.asked.length >= QUESTIONS_MAX;
    // What is thrown becomes an incident of this token; whoever runs the step looks at `isCut` when it is over.
    if (value === undefined || this.isOverrun) {
      this.isCut = true;
      throw new Error('There is nothing more to learn here.');
    }
    this.asked.push({ question, value });
    return value;
  }
}

/** The expressions of an abstract model: all of them questions to whatever oracle is there at the moment. */
export class Questions implements ExpressionPort {
  oracle = new Oracle(() => undefined);

  compile({ text }: { readonly text: string }): CompiledExpression {
    const [kind, number] = text.split(':', 2);
    return {
      evaluate: (scope) => {
        const count = Number(scope.get('activationCount') ?? 0);
        const isKnown = kind === 'atLeast' || (kind === 'activation' && count >= Number(number));
        return {
          value: isKnown ? count >= Number(number) : this.oracle.ask(text, String(scope.get('loopCounter') ?? '')),
          reads: {},
          warnings: [],
        };
      },
    };
  }
}

/**
 * Run something once for every series of answers that an oracle could give: true comes first.
 *
 * `restless` are the questions that tokens could meet again and again without ever waiting. After some rounds
 * they are back where they were, so nothing is lost by not going on.
 *
 * @returns whether that is all there is
 */
export function* outcomes<T>(restless: ReadonlySet<string>, run: (oracle: Oracle) => T): Generator<T, boolean> {
  const script: boolean[] = [];
  let isComplete = true;
  let hasYielded = false;
  for (let series = 0; series < SERIES_MAX; series++) {
    const rounds = new Map<string, number>();
    const oracle = new Oracle((question, index, instance) => {
      // A loop's own condition is asked in each of its rounds.
      const place = question.startsWith('loop:') ? question : `${question} ${instance}`;
      const round = (rounds.get(place) ?? 0) + 1;
      rounds.set(place, round);
      if (round > ROUNDS_MAX && restless.has(question)) return undefined;
      return script[index] ?? true;
    });
    const result = run(oracle);
    if (!oracle.isCut) {
      hasYielded = true;
      yield result;
    }
    if (oracle.isOverrun) isComplete = false;
    script.length = 0;
    script.push(...oracle.asked.map(({ value }) => value));
    while (script.length > 0 && script.at(-1) === false) script.pop();
    if (script.length === 0) return isComplete && hasYielded;
    script[script.length - 1] = false;
  }
  return false;
}
