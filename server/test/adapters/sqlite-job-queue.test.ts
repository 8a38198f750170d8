import { openSqliteJobQueue } from '../../src/db/sqlite/sqlite-job-queue.ts';
import { jobQueueContract, type JobQueueHarness } from '../contracts/job-queue-contract.ts';
import { jobQueueTrainingContract } from '../contracts/job-queue-training-contract.ts';
import { createClock, sqliteBackend } from '../support/sqlite-backend.ts';

const clock = createClock();

const harness: JobQueueHarness = {
  passTime: clock.passTime,
  newBackend: () => sqliteBackend((database) => openSqliteJobQueue({ database, now: clock.now })),
};

jobQueueContract('SQLite', harness);
jobQueueTrainingContract('SQLite', harness);
