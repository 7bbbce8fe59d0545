import type { CompensationRecord } from '../event.js';
import type { Compensable, Instance } from '../instance.js';
import { find, get } from '../table.js';

export function applyCompensation(instance: Instance, event: CompensationRecord): void {
  switch (event.type) {
    case 'compensationRecorded': {
      const { key, elementId } = event;
      const own = find(instance.scopes, key);
      const scope = get(instance.scopes, event.scope);
      const record: Compensable = { key, elementId };
      if (own !== undefined) record.variables = own.variables;
      if (own?.compensable !== undefined) record.inner = own.compensable;
      if (event.unfinished === true) record.unfinished = true;
      (scope.compensable ??= []).push(record);
      return;
    }
    case 'compensationStarted': {
      const scope = get(instance.scopes, event.scope);
      const thrower = get(instance.elements, event.key);
      const isMeant = ({ key }: Compensable) => event.recorded.includes(key);
      thrower.waiting = 'compensation';
      thrower.compensating = (scope.compensable ?? []).filter(isMeant);
      const left = (scope.compensable ?? []).filter((one) => !isMeant(one));
      if (left.length === 0) delete scope.compensable;
      else scope.compensable = left;
      return;
    }
    case 'compensationTaken': {
      const thrower = get(instance.elements, event.key);
      const taken = thrower.compensating?.pop();
      if (taken === undefined) return;
      if (event.unfolds === true) thrower.compensating!.push(...(taken.inner ?? []).map((one) => within(taken, one)));
      if (event.opened !== undefined && taken.inner !== undefined) get(instance.scopes, event.opened).compensable = taken.inner;
      if (event.heir !== undefined && thrower.compensating!.length > 0)
        get(instance.elements, event.heir).compensating = thrower.compensating!;
      if (event.heir !== undefined || thrower.compensating!.length === 0) delete thrower.compensating;
      return;
    }
  }
}

/** What was done inside saw the variables around it, too. */
function within({ variables }: Compensable, inner: Compensable): Compensable {
  return variables === undefined ? inner : { ...inner, variables: { ...variables, ...inner.variables } };
}
