/** What is no token matches nothing: no text gets into the query language of an index. */
const token = /^[\p{L}\p{N}]+$/u;

export const isToken = (text: string): boolean => token.test(text);
