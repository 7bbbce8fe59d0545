import type { RunResult, TraceLine } from './run-processes.js';

/** One line of the trace for people. */
export function traceLine({ at, event, elementType, elementId }: TraceLine): string {
  return `${at}  ${event.padEnd(10)}  ${elementType.padEnd(28)}  ${elementId}`;
}

/** How it ended, for people. */
export function summary({ state, variables, error, waiting }: RunResult): string {
  const lines = ['', `State: ${state}`];
  if (error) lines.push(`Error: ${error.message} (${error.code}${error.elementId ? ` at ${error.elementId}` : ''})`);
  for (const { elementId, type } of waiting) lines.push(`Waiting: ${elementId} for ${type === 'userTask' ? 'a person' : `a ${type}`}`);
  const names = Object.keys(variables);
  if (names.length > 0) lines.push('Variables:', ...names.map((name) => `  ${name} = ${JSON.stringify(variables[name])}`));
  return lines.join('\n');
}
