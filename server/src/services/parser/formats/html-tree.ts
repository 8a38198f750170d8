import { NodeType, type HTMLElement, type Node, type TextNode } from 'node-html-parser';

export type HtmlStep =
  | { type: 'text'; text: string }
  | { type: 'open'; element: HTMLElement; name: string }
  | { type: 'close'; element: HTMLElement; name: string };

/**
 * What a reader of a page sees, in order, without recursion: a hostile page is nested deeper than a call stack.
 * `skip` names elements to step over once they were opened; they are closed at once.
 */
export function* visibleSteps(root: HTMLElement, skip?: (element: HTMLElement) => boolean): Generator<HtmlStep> {
  const stack: { element: HTMLElement; next: number }[] = [{ element: root, next: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const child: Node | undefined = top.element.childNodes[top.next];
    top.next += 1;
    if (child === undefined) {
      stack.pop();
      if (top.element !== root) yield { type: 'close', element: top.element, name: nameOf(top.element) };
    } else if (isText(child)) {
      yield { type: 'text', text: child.text };
    } else if (isElement(child) && !isHidden(child)) {
      yield { type: 'open', element: child, name: nameOf(child) };
      if (skip?.(child) === true) yield { type: 'close', element: child, name: nameOf(child) };
      else stack.push({ element: child, next: 0 });
    }
  }
}

export function textOf(element: HTMLElement): string {
  let text = '';
  for (const step of visibleSteps(element)) {
    if (step.type === 'text') text += step.text;
    else if (!inlineElements.has(step.name)) text += ' ';
  }
  return text.replace(/\s+/g, ' ').trim();
}

export const inlineElements: ReadonlySet<string> = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

const neverShown: ReadonlySet<string> = new Set(
  'area audio base canvas datalist embed head iframe link map math meta nav noembed noframes noscript object param script source style svg template title track video'.split(
    ' ',
  ),
);

const hidingStyle =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|$|!)/i;

function isHidden(element: HTMLElement): boolean {
  if (neverShown.has(nameOf(element))) return true;
  if (element.rawAttrs === '') return false;
  const attributes = element.attrs;
  return (
    attributes['hidden'] !== undefined ||
    attributes['aria-hidden'] === 'true' ||
    attributes['role'] === 'navigation' ||
    (attributes['type'] === 'hidden' && nameOf(element) === 'input') ||
    hidingStyle.test((attributes['style'] ?? '').slice(0, 2000))
  );
}

export function nameOf(element: HTMLElement): string {
  return (element.rawTagName ?? '').toLowerCase();
}

function isText(node: Node): node is TextNode {
  return node.nodeType === NodeType.TEXT_NODE;
}

function isElement(node: Node): node is HTMLElement {
  return node.nodeType === NodeType.ELEMENT_NODE;
}
