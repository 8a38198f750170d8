import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/db/insight-record.ts';
import { jobOf, newRecord } from '../../src/db/mongodb/job-records.ts';
import { failureValues, readFailure } from '../../src/db/sqlite/failure-columns.ts';
import { told, verbatim } from '../../src/errors/told.ts';

const code = 'document_broken';
const sentence = 'The PDF has more than 500 pages; split it.';

describe('why something failed', () => {
  it('is kept in SQLite with its values', () => {
    const detail = told`Table "${'{"a": 1}'}", ${told`row ${3}`}`;
    const [error_code, error_detail] = failureValues({ code, detail });
    expect(error_code).toBe(code);
    expect(readFailure({ error_code: code, error_detail })).toEqual({ code, detail });
    expect(failureValues({ code, detail: null })).toEqual([code, null]);
    expect(failureValues(null)).toEqual([null, null]);
    expect(readFailure({ error_code: null, error_detail: null })).toBeNull();
  });

  it('is the sentence that an earlier version kept', () => {
    const kept = { code, detail: verbatim(sentence) } as const;
    expect(readFailure({ error_code: code, error_detail: sentence })).toEqual(kept);
    const record = newRecord({ kind: 'ingest', ownerId: 'usr_1', payload: {}, total: 1 }, new Date(0));
    expect(jobOf({ ...record, error: { code, detail: sentence } }).error).toEqual(kept);
    expect(readReport(reportWith({ code, detail: sentence })).error).toEqual(kept);
  });

  it('is kept with a report', () => {
    const error = { code, detail: told`The PDF has more than ${500} pages; split it.` };
    expect(readReport(reportWith(error)).error).toEqual(error);
  });
});

const reportWith = (error: object): string => JSON.stringify({ error, createdAt: 0, expiresAt: 0 });
