import { openSqliteJobQueue } from '../../src/db/sqlite/sqlite-job-queue.ts';
import { jobQueueContract } from '../contracts/job-queue-contract.ts';
import { createClock, sqliteBackend } from '../support/sqlite-backend.ts';

const clock = createClock();

jobQueueContract('SQLite', {
  passTime: clock.passTime,
  newBackend: () => sqliteBackend((database) => openSqliteJobQueue({ database, now: clock.now })),
});
