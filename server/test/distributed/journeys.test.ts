import { afterAll, describe } from 'vitest';
import { createClusters } from '../support/cluster.ts';
import { dialectJourneys } from '../support/journeys/dialect-journeys.ts';
import { documentJourneys } from '../support/journeys/document-journeys.ts';
import { serversMissing } from '../support/replicas.ts';

const where = serversMissing === undefined ? 'through nginx' : serversMissing;

describe.skipIf(serversMissing)(`the journeys of one service, with two of them (${where})`, () => {
  const clusters = createClusters();
  afterAll(() => clusters[Symbol.asyncDispose]());

  dialectJourneys('two services', clusters.start);
  documentJourneys('two services', clusters.start);
});
