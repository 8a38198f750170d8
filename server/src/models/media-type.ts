/** The formats that are read into text. */
export const supportedMediaTypes = [
  'text/plain',
  'text/markdown',
  'text/html',
  'text/csv',
  'application/json',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;

export type SupportedMediaType = (typeof supportedMediaTypes)[number];

export function isSupportedMediaType(mediaType: string): mediaType is SupportedMediaType {
  return (supportedMediaTypes as readonly string[]).includes(mediaType);
}
