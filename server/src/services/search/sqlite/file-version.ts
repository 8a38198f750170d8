import SqliteDatabase from 'libsql';

export interface FileVersion {
  /** A number that is another one after every commit of any thread or process; null when it cannot be told now. */
  read(): number | null;
  close(): void;
}

/**
 * Tells whether the file has changed, in a few microseconds: SQLite reads it from memory that its connections share, so
 * that this may be asked on the event loop, where a message to another thread takes as long as a small query.
 */
export function openFileVersion(path: string): FileVersion {
  const database = new SqliteDatabase(path);
  database.pragma('query_only = ON');
  // Another connection may be putting the log in order after a crash: who asks then does not wait for it.
  database.pragma('busy_timeout = 0');
  const version = database.prepare('pragma data_version').raw(true);
  let closed = false;
  return {
    read() {
      try {
        return closed ? null : (version.get() as [number])[0];
      } catch {
        return null;
      }
    },
    close() {
      closed = true;
      database.close();
    },
  };
}
