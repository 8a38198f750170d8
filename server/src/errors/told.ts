/**
 * A sentence for a person, kept as its English template and what goes into it, so that it is put into the language of
 * whoever reads it, when they read it. It is plain data: processes send it and stores keep it as it is.
 */
export interface Told {
  /** In English, with `{0}`, `{1}` and so on where the values go. Its translation is found by it. */
  readonly template: string;
  readonly values: readonly ToldValue[];
}

/** Numbers and names stand as they are; a part that is itself told is translated too. */
export type ToldValue = string | number | Told;

/**
 * Says something to a person: ``told`The PDF has more than ${maxPages} pages; split it.` ``. Each sentence has its
 * Portuguese in `portuguese/`, which a test holds.
 */
export function told(pieces: TemplateStringsArray, ...values: readonly ToldValue[]): Told {
  return { template: pieces.reduce((text, piece, index) => `${text}{${index - 1}}${piece}`), values };
}

/** Words of another program, which stay what they are in every language. */
export function verbatim(words: string): Told {
  return told`${words}`;
}

export function inEnglish({ template, values }: Told): string {
  return filled(template, values, inEnglish);
}

/** The template with its values; a place without one stays what it is. */
export function filled(template: string, values: readonly ToldValue[], say: (part: Told) => string): string {
  return template.replaceAll(/\{(\d+)\}/g, (place, index: string) => {
    const value = values[Number(index)];
    if (value === undefined) return place;
    return typeof value === 'object' ? say(value) : String(value);
  });
}

/** For values of JSON that may have one in them. */
export function isTold(value: object): value is Told {
  return 'template' in value && typeof value.template === 'string' && 'values' in value && Array.isArray(value.values);
}
