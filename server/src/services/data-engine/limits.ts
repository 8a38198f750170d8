const mebibyte = 1024 * 1024;

/** Of one table as it comes. */
export const maxTableBytes = 512 * mebibyte;
export const maxColumns = 1_000;
/** Of a result of a statement of this service. */
export const maxResultRows = 5_000;
/** Of a result of a statement that somebody else wrote. */
export const maxUntrustedRows = 1_000;
export const maxResultBytes = mebibyte;
