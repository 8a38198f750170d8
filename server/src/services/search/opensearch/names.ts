import { createHash } from 'node:crypto';

/** The names in OpenSearch of the index of one installation. */
export interface Names {
  /** Aliases of the index in force. */
  readonly read: string;
  readonly write: string;
  /** Matches every index of this installation. */
  readonly pattern: string;
  versioned(version: number): string;
  /** Undefined for what is no index of this installation. */
  versionOf(index: string): number | undefined;
  /** An alias that an index carries as long as it is being filled from the one before. */
  copy(version: number): string;
}

export function namesFor(prefix: string): Names {
  const base = `${prefix}-passages`;
  return {
    read: `${base}-read`,
    write: `${base}-write`,
    pattern: `${base}-v*`,
    versioned: (version) => `${base}-v${version}`,
    versionOf(index) {
      const digits = index.startsWith(`${base}-v`) ? index.slice(base.length + 2) : '';
      return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
    },
    copy: (version) => `${base}-copy-${version}`,
  };
}

// What is in the index by id. The first letter tells apart what could have the same name.

export const stateId = 'state';
/** Of the record that says which revision of a document is in force. */
export const recordId = (documentId: string): string => storedId(`d:${documentId}`);
export const passageDocumentId = (passageId: string): string => storedId(`p:${passageId}`);
export const modelId = (field: string): string => `m:${field}`;

/** The field with the vectors of a model. */
export const vectorFieldName = (model: string): string => `vector_${sha256(model).slice(0, 16)}`;

/** OpenSearch takes ids up to here. */
const longestIdBytes = 512;

function storedId(id: string): string {
  return Buffer.byteLength(id) <= longestIdBytes ? id : `${id.slice(0, 2)}#${sha256(id)}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
