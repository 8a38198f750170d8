import type { GoTemplate, Node, Operand, Pipe } from './go-template/syntax.ts';

/** The names of all fields that a template asks for, in small letters. */
export function templateVariables({ root, defined }: GoTemplate): ReadonlySet<string> {
  const names = new Set<string>();
  for (const nodes of [root, ...defined.values()]) visitNodes(nodes, (name) => names.add(name.toLowerCase()));
  return names;
}

type Visit = (name: string) => void;

function visitNodes(nodes: readonly Node[], visit: Visit): void {
  for (const node of nodes) {
    if ('pipe' in node && node.pipe !== null) visitPipe(node.pipe, visit);
    if ('list' in node) visitNodes([...node.list, ...node.otherwise], visit);
  }
}

function visitPipe({ commands }: Pipe, visit: Visit): void {
  for (const { operands } of commands) for (const operand of operands) visitOperand(operand, visit);
}

function visitOperand(operand: Operand, visit: Visit): void {
  if ('names' in operand) operand.names.forEach(visit);
  if (operand.type === 'pipe') visitPipe(operand.pipe, visit);
  if (operand.type === 'chain') visitOperand(operand.operand, visit);
}
