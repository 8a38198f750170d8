import type { Element, ElementContent, Root, RootContent, Text } from 'hast';

export interface MarkedSpan {
  /** UTF-16 offsets into the text of the answer. */
  start: number;
  end: number;
}

export interface AnswerMarks {
  /** Numbers that have a citation; others stay text. */
  markers: ReadonlySet<number>;
  /** Sentences that no source supports. */
  unsupported: readonly MarkedSpan[];
}

/** Elements that Markdown itself never makes here, so that each stands for one thing. */
export const markerElement = 'sup';
export const unsupportedElement = 'mark';

const marker = /\[(\d{1,3})\]/g;
const untouched = new Set(['code', 'pre', 'a']);

/** A rehype plugin: makes `[n]` of an answer elements of their own, and encloses what no source supports. */
export function markAnswer(marks: AnswerMarks) {
  return (tree: Root): void => {
    tree.children = tree.children.flatMap((child) => markChild(child, marks));
  };
}

function markChild(child: RootContent, marks: AnswerMarks): RootContent[] {
  if (child.type === 'text') return markText(child, marks);
  if (child.type !== 'element' || untouched.has(child.tagName)) return [child];
  return [{ ...child, children: child.children.flatMap((each) => markChild(each, marks) as ElementContent[]) }];
}

function markText(text: Text, { markers, unsupported }: AnswerMarks): ElementContent[] {
  return splitAtSpans(text, unsupported).flatMap(({ value, isMarked }) => {
    const content = splitAtMarkers(value, markers);
    return isMarked ? [element(unsupportedElement, {}, content)] : content;
  });
}

/** Text with escapes in its Markdown is shorter than what it was written as: then all of it counts, or nothing. */
function splitAtSpans({ value, position }: Text, spans: readonly MarkedSpan[]): { value: string; isMarked: boolean }[] {
  const from = position?.start.offset;
  const to = position?.end.offset;
  if (from === undefined || to === undefined) return [{ value, isMarked: false }];
  const touching = spans.filter(({ start, end }) => start < to && end > from);
  if (touching.length === 0 || value.trim() === '') return [{ value, isMarked: false }];
  if (to - from !== value.length) return [{ value, isMarked: true }];
  const cuts = touching.flatMap(({ start, end }) => [Math.max(start, from) - from, Math.min(end, to) - from]);
  const edges = [0, ...cuts, value.length];
  return edges.slice(1).flatMap((edge, index) => {
    const piece = value.slice(edges[index], edge);
    return piece === '' ? [] : [{ value: piece, isMarked: index % 2 === 1 }];
  });
}

function splitAtMarkers(value: string, markers: ReadonlySet<number>): ElementContent[] {
  const pieces: ElementContent[] = [];
  let done = 0;
  for (const match of value.matchAll(marker)) {
    const number = Number(match[1]);
    if (!markers.has(number)) continue;
    // A marker belongs to the word before it, not to the next line.
    const before = value.slice(done, match.index).replace(/ $/, '');
    if (before !== '') pieces.push({ type: 'text', value: before });
    pieces.push(element(markerElement, { dataMarker: number }, []));
    done = match.index + match[0].length;
  }
  const rest = value.slice(done);
  return rest === '' ? pieces : [...pieces, { type: 'text', value: rest }];
}

function element(tagName: string, properties: Element['properties'], children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}
