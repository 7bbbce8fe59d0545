import { Stuck } from './expression.js';
import type { Held, Marking, Move, Scope, Subscription, TraceEntry, Undoing, Value, Values, Visit } from './marking.js';
import type { Net } from './net.js';

/** Decides where the model alone does not: one of `options` possibilities, counted from 0. */
export type Oracle = (options: number) => number;

/** A marking in the making, within one step. What it replaces stays as it was. */
export class Draft implements Marking {
  status: Marking['status'];
  moving: readonly Move[];
  visits: readonly Visit[];
  held: readonly Held[];
  scopes: readonly Scope[];
  subscriptions: readonly Subscription[];
  undoings: readonly Undoing[];
  heard: readonly number[];
  next: number;
  overrun: boolean;
  readonly trace: TraceEntry[] = [];
  /** End events passed, with their scopes: only exploring asks. */
  readonly ended: { readonly scope: number; readonly elementId: string }[] = [];
  /** Loop bodies in which an inner instance has just completed. */
  readonly advanced: number[] = [];

  constructor(
    readonly net: Net,
    from: Marking,
    /** Present: conditions, scripts and counts are not evaluated; it decides, and every task takes time. */
    readonly oracle?: Oracle,
  ) {
    ({
      status: this.status,
      moving: this.moving,
      visits: this.visits,
      held: this.held,
      scopes: this.scopes,
      subscriptions: this.subscriptions,
      undoings: this.undoings,
      heard: this.heard,
      next: this.next,
      overrun: this.overrun,
    } = from);
  }

  marking(): Marking {
    const { status, moving, visits, held, scopes, subscriptions, undoings, heard, next, overrun } = this;
    return { status, moving, visits, held, scopes, subscriptions, undoings, heard, next, overrun };
  }

  number(): number {
    return this.next++;
  }

  note(elementId: string, event: TraceEntry['event']): void {
    this.trace.push({ elementId, event });
  }

  move(move: Move): void {
    this.moving = [...this.moving, move];
  }

  /** No flow leads to what undoes something: it is not behind anyone but others of its kind. */
  moveFirst(move: Move): void {
    const behind = this.moving.findIndex(({ undoing }) => undoing === undefined);
    this.moving = this.moving.toSpliced(behind === -1 ? this.moving.length : behind, 0, move);
  }

  /** A token comes to stay at an element, with variables of its own if it brings any. */
  visit(move: Move, waiting: Visit['waiting']): Visit {
    const { element, scope, counter, undoing, locals } = move;
    const visit: Visit = {
      id: this.number(),
      element,
      scope,
      waiting,
      ...(counter === undefined ? {} : { counter }),
      ...(undoing === undefined ? {} : { undoing }),
    };
    this.visits = [...this.visits, visit];
    this.note(element, 'activated');
    const variables = { ...locals, ...(counter === undefined ? {} : { loopCounter: counter }) };
    if (Object.keys(variables).length > 0) this.open({ parent: scope, owner: visit.id, kind: 'locals', variables });
    return visit;
  }

  wait(visit: Visit, waiting: Visit['waiting']): void {
    this.visits = this.visits.map((each) => (each.id === visit.id ? { ...each, waiting } : each));
  }

  open(scope: Omit<Scope, 'id' | 'done' | 'disarmed' | 'variables'> & Partial<Scope>): Scope {
    const opened: Scope = { variables: {}, done: [], disarmed: false, ...scope, id: this.number() };
    this.scopes = [...this.scopes, opened];
    return opened;
  }

  change(id: number, changes: Partial<Scope>): void {
    this.scopes = this.scopes.map((scope) => (scope.id === id ? { ...scope, ...changes } : scope));
  }

  scope(id: number): Scope {
    const scope = this.scopes.find((each) => each.id === id);
    if (scope === undefined) throw new Error(`Scope ${id} is gone.`);
    return scope;
  }

  /** The visit a scope belongs to, if it belongs to one. */
  owner(scope: Scope): Visit | undefined {
    return this.visits.find(({ id }) => id === scope.owner);
  }

  /** What a visit has opened: its inside, its loop, its variables. */
  owned(visit: Visit): readonly Scope[] {
    return this.scopes.filter(({ owner }) => owner === visit.id);
  }

  isAlive(visit: Visit): boolean {
    return this.visits.some(({ id }) => id === visit.id);
  }

  /** Variables are read outward. */
  read(from: number, name: string): Value {
    for (let scope: Scope | undefined = this.scope(from); scope !== undefined; scope = this.outer(scope)) {
      const value = Object.hasOwn(scope.variables, name) ? scope.variables[name] : undefined;
      if (value !== undefined) return value;
    }
    return null;
  }

  /** They are written to the nearest scope that has the name, else to the instance. */
  write(from: number, values: Values): void {
    for (const [name, value] of Object.entries(values)) {
      let scope = this.scope(from);
      for (let outer = this.outer(scope); outer !== undefined && !Object.hasOwn(scope.variables, name); outer = this.outer(scope)) {
        scope = outer;
      }
      this.change(scope.id, { variables: { ...scope.variables, [name]: value } });
    }
  }

  private outer({ parent }: Scope): Scope | undefined {
    return parent === undefined ? undefined : this.scope(parent);
  }

  /** The innermost scope a visit sees. */
  view(visit: Visit): number {
    return this.owned(visit).at(-1)?.id ?? visit.scope;
  }

  /** The token cannot go on, and says why. */
  stuck(visit: Visit, why: unknown): void {
    if (!(why instanceof Stuck)) throw why;
    this.wait(visit, 'incident');
  }
}
