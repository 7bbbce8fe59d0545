import { evaluate } from 'feelin';

const known = new Map<string, boolean>();

/** Is this the name of a function of the language? */
export function isBuiltin(name: string): boolean {
  let builtin = known.get(name);
  if (builtin === undefined) {
    builtin = typeof evaluate(name).value === 'function';
    if (known.size < 1000) known.set(name, builtin);
  }
  return builtin;
}
