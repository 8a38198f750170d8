import { responseStoreContract } from '../contracts/response-store-contract.ts';
import { createMemoryResponses } from '../support/memory-responses.ts';

responseStoreContract('memory, of the tests', {
  async openPair() {
    const responses = createMemoryResponses();
    return { first: responses, second: responses, async [Symbol.asyncDispose]() {} };
  },
});
