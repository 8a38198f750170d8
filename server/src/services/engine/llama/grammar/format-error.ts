/** Why no text can be forced into a format; the message is for the caller. */
export class FormatError extends Error {}
