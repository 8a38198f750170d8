import type { Branch, Command, GoTemplate, Node, Operand, Pipe } from './go-template/syntax.ts';

/**
 * The template without what follows the first place that writes `.Response`: the model goes on from there. Source: the
 * `deleteNode` of Ollama's template package.
 */
export function untilResponse({ root, defined }: GoTemplate): GoTemplate {
  let isCut = false;

  function nodes(list: readonly Node[]): Node[] {
    return list.flatMap((node) => (isCut ? [] : [cutNode(node)])).filter((node) => node !== undefined);
  }

  function cutNode(node: Node): Node | undefined {
    if (node.type === 'action') {
      const pipe = cutPipe(node.pipe);
      return pipe && { ...node, pipe };
    }
    return 'list' in node ? cutBranch(node) : node;
  }

  function cutBranch(branch: Branch): Branch {
    const list = nodes(branch.list);
    return { ...branch, list, otherwise: nodes(branch.otherwise) };
  }

  function cutPipe(pipe: Pipe): Pipe | undefined {
    const commands = pipe.commands.flatMap(({ operands }): Command[] => {
      const [first, ...rest] = operands.filter((operand) => !isCut && isKept(operand));
      return first === undefined ? [] : [{ operands: [first, ...rest] }];
    });
    return commands.length === 0 ? undefined : { ...pipe, commands };
  }

  function isKept(operand: Operand): boolean {
    if (operand.type === 'field' && operand.names.includes('Response')) isCut = true;
    return true;
  }

  return { root: nodes(root), defined };
}
