import type { Expression, Mapping } from '@baton/engine';
import { feel } from './expression.js';

/** A mapping as the file writes it: `target` may be a path such as `to.email`. */
export interface PathMapping {
  readonly source: Expression;
  readonly target: string;
}

interface Branch {
  readonly entries: Map<string, Branch | Expression>;
}

/**
 * Mappings to parts of variables, gathered into one per variable whose value is a context: `{ "email": …, "name": … }`.
 *
 * For input mappings only: they make new variables, so that there is nothing to merge with.
 */
export function gatherPaths(mappings: readonly PathMapping[]): Mapping[] {
  const roots = new Map<string, Branch | Expression>();
  for (const { source, target } of mappings) {
    const [root = '', ...path] = target.split('.');
    roots.set(root, path.length === 0 ? source : grown(roots.get(root), path, source));
  }
  return [...roots].map(([target, node]) => ({ source: 'entries' in node ? feel(textOf(node)) : node, target }));
}

function grown(node: Branch | Expression | undefined, [name = '', ...rest]: readonly string[], source: Expression): Branch {
  const branch: Branch = node && 'entries' in node ? node : { entries: new Map() };
  branch.entries.set(name, rest.length === 0 ? source : grown(branch.entries.get(name), rest, source));
  return branch;
}

function textOf(node: Branch | Expression): string {
  if ('entries' in node) return `{${[...node.entries].map(([name, inner]) => `${JSON.stringify(name)}: ${textOf(inner)}`).join(', ')}}`;
  return node.language === 'literal' ? JSON.stringify(node.text) : `(${node.text})`;
}
