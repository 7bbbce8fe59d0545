import { childrenOf, slice } from './feel-tree.js';
import type { FeelNode } from './feel-tree.js';

/**
 * The variables an expression reads: names that nothing inside the expression binds.
 *
 * Inside a filter (`orders[amount > 10]`) a name may be a field of the item as well as a variable; it counts as read.
 * Names that are only called are listed apart: a decision's context may hold functions. Names have single spaces.
 */
export function freeNames(text: string, top: FeelNode): { readonly read: readonly string[]; readonly called: readonly string[] } {
  const read = new Set<string>();
  const called = new Set<string>();
  collect(top, new Set());
  return { read: [...read], called: [...called].filter((name) => !read.has(name)) };

  function collect(node: FeelNode, bound: ReadonlySet<string>): void {
    switch (node.name) {
      case 'VariableName': {
        const name = nameOf(text, node);
        if (!bound.has(name)) read.add(name);
        return;
      }
      case 'Type':
        return;
      case 'FunctionInvocation': {
        const [target, ...rest] = childrenOf(node);
        if (target?.name === 'VariableName') {
          const name = nameOf(text, target);
          if (!bound.has(name)) called.add(name);
        } else if (target) collect(target, bound);
        for (const part of rest) collect(part, bound);
        return;
      }
      case 'Context': {
        const known = new Set(bound);
        for (const entry of node.getChildren('ContextEntry')) {
          const [key, value] = childrenOf(entry);
          if (value) collect(value, known);
          if (key) known.add(keyOf(text, key));
        }
        return;
      }
      case 'ForExpression':
      case 'QuantifiedExpression': {
        const known = new Set([...bound, 'partial']);
        for (const child of childrenOf(node)) {
          if (child.name === 'InExpressions') {
            for (const loop of child.getChildren('InExpression')) {
              for (const part of childrenOf(loop)) if (part.name !== 'Name') collect(part, known);
              const name = loop.getChild('Name');
              if (name) known.add(nameOf(text, name));
            }
          } else collect(child, known);
        }
        return;
      }
      case 'FunctionDefinition': {
        const parameters = node.getChild('FormalParameters')?.getChildren('FormalParameter') ?? [];
        const known = new Set([
          ...bound,
          ...parameters.flatMap((parameter) => parameter.getChild('ParameterName') ?? []).map((name) => nameOf(text, name)),
        ]);
        const body = node.getChild('FunctionBody');
        if (body) collect(body, known);
        return;
      }
      case 'FilterExpression': {
        const [target, ...filter] = childrenOf(node);
        if (target) collect(target, bound);
        const known = new Set([...bound, 'item']);
        for (const part of filter) collect(part, known);
        return;
      }
      default:
        for (const child of childrenOf(node)) collect(child, bound);
    }
  }
}

export function nameOf(text: string, node: FeelNode): string {
  return slice(text, node).replaceAll(/\s+/g, ' ').trim();
}

function keyOf(text: string, key: FeelNode): string {
  const written = nameOf(text, key);
  return written.startsWith('"') ? written.slice(1, -1) : written;
}
