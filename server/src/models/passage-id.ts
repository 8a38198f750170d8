/** What the id of a passage is made of. */
export interface PassageKey {
  documentId: string;
  revision: number;
  ordinal: number;
}

export const passageId = ({ documentId, revision, ordinal }: PassageKey): string =>
  `${documentId}:${revision}:${ordinal}`;

/** What is no id of a passage gives a key that no passage has. */
export function parsePassageId(id: string): PassageKey {
  const [, documentId = '', revision = -1, ordinal = -1] = /^(.*):(\d{1,15}):(\d{1,15})$/s.exec(id) ?? [];
  return { documentId, revision: Number(revision), ordinal: Number(ordinal) };
}
