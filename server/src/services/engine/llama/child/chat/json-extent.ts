/** Finds where a JSON object or array, which comes in pieces, ends. */
export interface JsonExtent {
  /** The length of the value, once it is complete; `undefined` while it is not. */
  feed(text: string): number | undefined;
}

/** The text that is fed must begin with `{` or `[`; what stands between the brackets is not checked. */
export function createJsonExtent(): JsonExtent {
  let place = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  return {
    feed(text) {
      for (const unit of text) {
        place += unit.length;
        if (escaped) escaped = false;
        else if (inString) {
          if (unit === '\\') escaped = true;
          else if (unit === '"') inString = false;
        } else if (unit === '"') inString = true;
        else if (unit === '{' || unit === '[') depth++;
        else if (unit === '}' || unit === ']') depth--;
        if (depth === 0) return place;
      }
      return undefined;
    },
  };
}
