import type { Done, Marking, Scope, Visit } from './marking.js';

/**
 * One text for all markings that go on in the same way: numbers and ages are left out, variables too.
 *
 * Only for exploring with an oracle, which never reads a variable.
 */
export function canonical(marking: Marking): string {
  const root = marking.scopes.find(({ kind }) => kind === 'process');
  if (root === undefined || marking.status === 'completed') return marking.status;
  const heard = marking.heard.map((id) => marking.subscriptions.find((each) => each.id === id)?.element);
  return `${ofScope(marking, root)} ${heard.join()}`;
}

function ofScope(marking: Marking, scope: Scope): string {
  const { id, kind, element, disarmed, loop, done } = scope;
  const within = (token: { readonly scope: number }) => token.scope === id;
  const visits = marking.visits.filter(within).map((visit) => ofVisit(marking, visit));
  const held = marking.held.filter(within).map(({ flow }) => flow);
  const moving = marking.moving.flatMap((move, order) =>
    move.scope === id ? [`${order}:${move.element}<${move.via ?? ''}${undoer(marking, move.undoing)}`] : [],
  );
  const restored = marking.scopes.filter((inner) => inner.kind === 'restored' && inner.parent === id);
  const undoings = marking.undoings.filter(within).map(({ todo, cancels }) => `${todo.map(ofDone).join()}${cancels ? '!' : ''}`);
  const armed = marking.subscriptions.filter((each) => each.scope === id).map((each) => each.element);
  const lists = [visits, held, restored.map((inner) => ofScope(marking, inner)), undoings, armed, distinct(done.map(ofDone))];
  const rounds = loop === undefined ? '' : `${loop.begun}/${loop.completed}`;
  return `${kind}${element ?? ''}${disarmed ? '!' : ''}${rounds}{${lists.map((list) => list.toSorted().join()).join('|')}|${moving.join()}}`;
}

function ofVisit(marking: Marking, { id, element, waiting, undoing }: Visit): string {
  const armed = marking.subscriptions.filter(({ visit }) => visit === id).map((each) => each.element);
  const inside = marking.scopes.filter(({ owner, kind }) => owner === id && kind !== 'locals').map((scope) => ofScope(marking, scope));
  return `${element}:${waiting}${undoer(marking, undoing)}[${armed.join()}](${inside.join()})`;
}

function undoer({ undoings }: Marking, id: number | undefined): string {
  return id === undefined ? '' : `^${undoings.findIndex((undoing) => undoing.id === id)}`;
}

/** How often something was done shows nothing new either. */
function ofDone({ element, done }: Done): string {
  return `${element}(${distinct(done.map(ofDone)).join()})`;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
