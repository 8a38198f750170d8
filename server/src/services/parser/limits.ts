/** Longest text of one document, in UTF-16 code units. */
export const maxTextLength = 20 * 1024 * 1024;
export const maxPages = 2_000;
/** Of titles and section names; what is longer is prose that somebody marked as a heading. */
export const maxTitleLength = 200;
/** Of headings; text with more of them is no document that a person wrote. */
export const maxSections = 100_000;
export const maxColumns = 1_000;
/** Of one line of a CSV file, in characters. */
export const maxRecordLength = 1024 * 1024;
export const maxJsonDepth = 100;
