/** What stands around the thoughts of a model, in its answer. */
export interface ThinkingTags {
  open: string;
  close: string;
}

const knownTags: readonly ThinkingTags[] = [
  { open: '<think>', close: '</think>' },
  { open: '<seed:think>', close: '</seed:think>' },
  { open: '[THINK]', close: '[/THINK]' },
  { open: '<|START_THINKING|>', close: '<|END_THINKING|>' },
];

/** The tags that a chat template speaks of; null for a model that does not think, or not in a way known here. */
export function thinkingTagsOf(template: string): ThinkingTags | null {
  return knownTags.find(({ open, close }) => template.includes(open) || template.includes(close)) ?? null;
}
