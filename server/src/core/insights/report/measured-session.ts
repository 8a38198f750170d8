import type { QueryResult } from '../../../models/table.ts';
import type { DataSession } from '../../../ports/data-engine.ts';

/** A session that adds up what its queries took. */
export interface MeasuredSession extends DataSession {
  readonly sqlMs: number;
}

export function measureSession(session: DataSession): MeasuredSession {
  let sqlMs = 0;
  const measured = async (result: Promise<QueryResult>): Promise<QueryResult> => {
    sqlMs += (await result).elapsedMs;
    return result;
  };
  return {
    tables: session.tables,
    query: (sql) => measured(session.query(sql)),
    queryUntrusted: (sql) => measured(session.queryUntrusted(sql)),
    get sqlMs() {
      return sqlMs;
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
