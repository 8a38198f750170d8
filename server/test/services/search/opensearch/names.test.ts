import { describe, expect, it } from 'vitest';
import { namesFor, passageDocumentId, recordId } from '../../../../src/services/search/opensearch/names.ts';

describe('names in OpenSearch', () => {
  it('are those of one installation', () => {
    const names = namesFor('billumy');
    expect(names.versioned(7)).toBe('billumy-passages-v7');
    expect([names.read, names.write, names.copy(7)]).toEqual([
      'billumy-passages-read',
      'billumy-passages-write',
      'billumy-passages-copy-7',
    ]);
    expect(names.versionOf('billumy-passages-v7')).toBe(7);
    for (const other of ['billumy-passages-v', 'billumy-passages-v7x', 'billumy2-passages-v7', 'x']) {
      expect(names.versionOf(other)).toBeUndefined();
    }
  });

  it('of what is in the index are never longer than OpenSearch takes, and never the same for two things', () => {
    const long = 'ç'.repeat(400);
    const ids = [passageDocumentId(`${long}:1:0`), passageDocumentId(`${long}:1:1`), recordId(long), recordId('a')];
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(Buffer.byteLength(id)).toBeLessThanOrEqual(512);
    expect(passageDocumentId('doc_1:2:3')).toBe('p:doc_1:2:3');
  });
});
