const mebibyte = 1024 * 1024;

/** Of one table as it comes. */
export const maxTableBytes = 256 * mebibyte;
export const maxColumns = 1_000;
export const maxRows = 5_000_000;
/** Of one row as it is written in the file, and so of one cell. */
export const maxRowBytes = mebibyte;
export const maxNameLength = 128;
export const maxJsonDepth = 100;

/** Of a result of a statement of this service. */
export const maxResultRows = 5_000;
/** Of a result of a statement that somebody else wrote. */
export const maxUntrustedRows = 1_000;
export const maxResultBytes = mebibyte;
/** Of a statement that somebody else wrote, in characters. */
export const maxUntrustedLength = 20_000;
