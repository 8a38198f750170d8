import { openMongoJobQueue } from '../../src/db/mongodb/mongo-job-queue.ts';
import { jobQueueContract } from '../contracts/job-queue-contract.ts';
import { describeOnMongo, mongoBackend } from '../support/mongo-backend.ts';
import { createClock } from '../support/sqlite-backend.ts';

const clock = createClock();

describeOnMongo(() => {
  jobQueueContract('MongoDB', {
    passTime: clock.passTime,
    newBackend: () => mongoBackend((connection) => openMongoJobQueue({ connection, now: clock.now })),
  });
});
