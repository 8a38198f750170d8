import { openMongoJobQueue } from '../../src/db/mongodb/mongo-job-queue.ts';
import { jobQueueContract, type JobQueueHarness } from '../contracts/job-queue-contract.ts';
import { jobQueueTrainingContract } from '../contracts/job-queue-training-contract.ts';
import { describeOnMongo, mongoBackend } from '../support/mongo-backend.ts';
import { createClock } from '../support/sqlite-backend.ts';

const clock = createClock();

const harness: JobQueueHarness = {
  passTime: clock.passTime,
  newBackend: () => mongoBackend((connection) => openMongoJobQueue({ connection, now: clock.now })),
};

describeOnMongo(() => {
  jobQueueContract('MongoDB', harness);
  jobQueueTrainingContract('MongoDB', harness);
});
