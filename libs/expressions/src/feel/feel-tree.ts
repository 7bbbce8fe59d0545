import type { parseExpression } from 'feelin';

/** A node of lezer-feel's syntax tree: `name` is the grammar's, `from` and `to` are offsets in the text. */
export type FeelNode = ReturnType<typeof parseExpression>['topNode'];

/** The text of a node. */
export function slice(text: string, node: { readonly from: number; readonly to: number }): string {
  return text.slice(node.from, node.to);
}

/** The children that mean something: no comments, no white space. */
export function childrenOf(node: FeelNode): FeelNode[] {
  const children: FeelNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isSkipped && child.name !== 'LineComment' && child.name !== 'BlockComment') children.push(child);
  }
  return children;
}
