import type { ActivityBase, ElementId, Expression, Mapping, SignalEvent, ThrownMessageEvent } from '../src/model.js';

/** Text that stands for itself. */
export function literal(text: string): Expression {
  return { language: 'literal', text };
}

/** Text of the test language (`tiny-expressions.ts`), or of FEEL with the real port. */
export function feel(text: string): Expression {
  return { language: 'feel', text };
}

/** `{ target: source }` as mappings. */
export function mappings(sources: Readonly<Record<string, string>>): readonly Mapping[] {
  return Object.entries(sources).map(([target, source]) => ({ target, source: feel(source) }));
}

/** What any activity may carry besides its own. */
export interface ActivityOptions {
  readonly name?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly loop?: ActivityBase['loop'];
  readonly isForCompensation?: true;
  readonly startQuantity?: number;
  readonly completionQuantity?: number;
  readonly inputSets?: ActivityBase['inputSets'];
}

/** Several times: a number of them, or once per item of a list. */
export function times(
  cardinality: number | string,
  more: Partial<Omit<Extract<ActivityBase['loop'], { readonly kind: 'multiInstance' }>, 'kind'>> = {},
): NonNullable<ActivityBase['loop']> {
  return { kind: 'multiInstance', sequential: false, cardinality: feel(String(cardinality)), ...more };
}

export function forEach(
  collection: string,
  elementVariable: string,
  more: Partial<Omit<Extract<ActivityBase['loop'], { readonly kind: 'multiInstance' }>, 'kind'>> = {},
): NonNullable<ActivityBase['loop']> {
  return { kind: 'multiInstance', sequential: false, collection: feel(collection), elementVariable, ...more };
}

export function signal(name: string, more: Partial<Omit<SignalEvent, 'type' | 'name'>> = {}): SignalEvent {
  return { type: 'signal', name: literal(name), ...more };
}

/** A message as it is thrown. */
export function sent(name: string, key?: string): ThrownMessageEvent {
  return { type: 'message', work: { kind: 'message', message: message(name, key) } };
}

/** A message as it is awaited. */
export function awaited(name: string, key?: string): { readonly type: 'message'; readonly message: ReturnType<typeof message> } {
  return { type: 'message', message: message(name, key) };
}

/** A timer: an ISO 8601 duration, or an expression after `=`. */
export function after(text: string): {
  readonly type: 'timer';
  readonly timer: { readonly kind: 'duration'; readonly expression: Expression };
} {
  return { type: 'timer', timer: { kind: 'duration', expression: timerText(text) } };
}

export function becomes(condition: string): { readonly type: 'conditional'; readonly condition: Expression } {
  return { type: 'conditional', condition: feel(condition) };
}

/** What undoes an activity: on its border, with the id of the handler. */
export function undoneBy(handler: ElementId): { readonly type: 'compensation'; readonly handler: ElementId } {
  return { type: 'compensation', handler };
}

export function message(name: string, key: string | undefined): { readonly name: Expression; readonly correlationKey?: Expression } {
  return key === undefined ? { name: literal(name) } : { name: literal(name), correlationKey: feel(key) };
}

/** `=x` is an expression, anything else a time. */
export function timerText(text: string): Expression {
  return text.startsWith('=') ? feel(text.slice(1)) : literal(text);
}

export function activity({ name, inputs, outputs, ...rest }: ActivityOptions): Partial<Omit<ActivityBase, 'id' | 'parent'>> {
  return { ...defined({ name }), ...(inputs === undefined ? {} : { inputs: mappings(inputs) }), ...written(outputs), ...rest };
}

export function written(outputs: ActivityOptions['outputs']): { readonly outputs?: readonly Mapping[] } {
  return outputs === undefined ? {} : { outputs: mappings(outputs) };
}

/** The members that have a value: models leave out what they do not say. */
export function defined<T extends object>(members: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
}
