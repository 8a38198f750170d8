/** How a slot is filled: the value, its size without a sign, or words that its sign decides. */
export const slotForms = ['value', 'size', 'direction', 'noun', 'position', 'sense'] as const;
export type SlotForm = (typeof slotForms)[number];

export interface Slot {
  type: 'slot';
  name: string;
  form: SlotForm;
}
export type Piece = { type: 'text'; text: string } | Slot;

const slotPattern = /\{\{\s*([a-z][a-z0-9_]*)(?:\.([a-z]+))?\s*\}\}/g;

/** The pieces of a template such as `{{subject}} {{change.direction}}`; null when a brace is left that is no slot. */
export function parseTemplate(template: string): readonly Piece[] | null {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of template.matchAll(slotPattern)) {
    const [whole, name = '', formName = 'value'] = match;
    const form = slotForms.find((each) => each === formName);
    if (form === undefined) return null;
    if (match.index > end) pieces.push({ type: 'text', text: template.slice(end, match.index) });
    pieces.push({ type: 'slot', name, form });
    end = match.index + whole.length;
  }
  if (end < template.length) pieces.push({ type: 'text', text: template.slice(end) });
  return pieces.some((piece) => piece.type === 'text' && /[{}]/.test(piece.text)) ? null : pieces;
}

/** Its slots in order, also of a template that is broken. */
export function slotsOf(template: string): readonly Slot[] {
  return (parseTemplate(template) ?? []).filter((piece) => piece.type === 'slot');
}
