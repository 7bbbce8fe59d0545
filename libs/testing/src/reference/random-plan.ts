import fc from 'fast-check';

/** A process before it has ids: blocks within blocks. */
export type Plan =
  | { readonly type: 'step'; readonly step: StepKind; readonly extras: Extras }
  | { readonly type: 'sequence'; readonly plans: readonly Plan[] }
  | { readonly type: 'choice' | 'both' | 'any'; readonly branches: readonly Branch[] }
  | { readonly type: 'first'; readonly branches: readonly { readonly event: WaitKind; readonly name: number; readonly plan: Plan }[] }
  | { readonly type: 'repeat'; readonly plan: Plan; readonly until: number }
  | { readonly type: 'inside'; readonly plan: Plan; readonly extras: Extras; readonly transaction: boolean; readonly handler?: Handler }
  | { readonly type: 'finish'; readonly how: FinishKind; readonly name: number };

export interface Branch {
  readonly plan: Plan;
  readonly condition: string;
}

/** What an activity may have on its border and around it. */
export interface Extras {
  readonly name: number;
  readonly loop?: LoopKind;
  readonly undo: boolean;
  readonly borders: readonly Border[];
}

export interface Border {
  readonly event: BorderKind;
  readonly name: number;
  readonly interrupting: boolean;
  readonly plan: Plan;
}

export interface Handler {
  readonly event: BorderKind | 'compensation';
  readonly name: number;
  readonly interrupting: boolean;
  readonly plan: Plan;
}

/** Those that wait come several times: a path is as long as the process waits often. */
const STEPS = [
  ...Array.from({ length: 12 }, () => 'userTask' as const),
  ...Array.from({ length: 3 }, () => 'serviceTask' as const),
  'receiveTask',
  'timerCatch',
  'messageCatch',
  'signalCatch',
  'task',
  'manualTask',
  'scriptTask',
  'noneThrow',
  'signalThrow',
  'escalationThrow',
  'compensationThrow',
  'link',
] as const;
const WAITS = ['timer', 'message', 'signal', 'receiveTask'] as const;
const BORDERS = ['timer', 'message', 'signal', 'error', 'escalation'] as const;
const FINISHES = ['none', 'terminate', 'error', 'escalation', 'signal', 'compensation', 'cancel', 'cancel', 'cancel'] as const;
const LOOPS = ['parallel', 'sequential', 'parallelUntil', 'none', 'while', 'until'] as const;
const CONDITIONS = ['n > 0', 'n > 2', 'x < 2', 'x = n', 'true', 'false'] as const;

export type StepKind = (typeof STEPS)[number];
export type WaitKind = (typeof WAITS)[number];
export type BorderKind = (typeof BORDERS)[number];
export type FinishKind = (typeof FINISHES)[number];
export type LoopKind = (typeof LOOPS)[number];

const name = fc.nat({ max: 1 });
/** Present once in two or three times. */
const often = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const sometimes = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

/** Plans of every block the reference knows, at most `depth` blocks deep. */
export function plans(depth: number): fc.Arbitrary<Plan> {
  const borderless = fc.record({ name, undo: fc.constant(false), borders: fc.constant([]) });
  const step = fc.record({ type: fc.constant('step' as const), step: fc.constantFrom(...STEPS), extras: borderless });
  if (depth === 0) return step;
  const inner = plans(depth - 1);
  const extras: fc.Arbitrary<Extras> = fc
    .record({
      name,
      loop: sometimes(fc.constantFrom(...LOOPS)),
      undo: fc.boolean(),
      borders: fc.array(border(inner), { maxLength: 2 }),
    })
    .map(({ loop, ...rest }) => (loop === undefined ? rest : { ...rest, loop }));
  const branches = fc.array(fc.record({ plan: inner, condition: fc.constantFrom(...CONDITIONS) }), { minLength: 2, maxLength: 3 });
  return fc.oneof(
    { weight: 2, arbitrary: step },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('step' as const), step: fc.constantFrom(...STEPS), extras }) },
    { weight: 4, arbitrary: sequences(inner) },
    {
      weight: 5,
      arbitrary: fc.record({ type: fc.constantFrom('choice' as const, 'both' as const, 'both' as const, 'any' as const), branches }),
    },
    { weight: 1, arbitrary: firsts(inner) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('repeat' as const), plan: inner, until: fc.integer({ min: 1, max: 3 }) }) },
    { weight: 4, arbitrary: insides(inner, extras) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('finish' as const), how: fc.constantFrom(...FINISHES), name }) },
  );
}

function sequences(inner: fc.Arbitrary<Plan>): fc.Arbitrary<Plan> {
  return fc.record({ type: fc.constant('sequence' as const), plans: fc.array(inner, { minLength: 2, maxLength: 4 }) });
}

function firsts(inner: fc.Arbitrary<Plan>): fc.Arbitrary<Plan> {
  const branch = fc.record({ event: fc.constantFrom(...WAITS), name, plan: inner });
  return fc.record({ type: fc.constant('first' as const), branches: fc.array(branch, { minLength: 2, maxLength: 3 }) });
}

function border(inner: fc.Arbitrary<Plan>): fc.Arbitrary<Border> {
  return fc.record({ event: fc.constantFrom(...BORDERS), name, interrupting: fc.boolean(), plan: inner });
}

function insides(inner: fc.Arbitrary<Plan>, extras: fc.Arbitrary<Extras>): fc.Arbitrary<Plan> {
  const event = fc.constantFrom(...BORDERS, 'compensation' as const);
  const handler = fc.record({ event, name, interrupting: fc.boolean(), plan: inner });
  return fc
    .record({ type: fc.constant('inside' as const), plan: inner, extras, transaction: fc.boolean(), handler: often(handler) })
    .map(({ handler: maybe, ...rest }) => (maybe === undefined ? rest : { ...rest, handler: maybe }));
}
