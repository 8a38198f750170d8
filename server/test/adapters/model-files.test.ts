import { readFile } from 'node:fs/promises';
import { createModelFiles } from '../../src/services/model-files/create-model-files.ts';
import { modelFilesContract } from '../contracts/model-files-contract.ts';
import { answers, openFlakyServer, sends, type Behaviour } from '../support/flaky-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const bytes = Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(50_000, 'a model ')]);
/** Slow enough for several callers to meet. */
const slowly: Behaviour = (request, response) => {
  const send = request.url?.includes('missing') === true ? answers(404) : sends({ bytes });
  setTimeout(() => send(request, response), 200);
};

modelFilesContract('files and Hugging Face', {
  async open({ offline = false } = {}) {
    const folder = await temporaryFolder();
    const hub = await openFlakyServer([slowly]);
    const files = createModelFiles({
      directory: folder.file('models'),
      bundledDirectory: 'models/nano',
      baseUrl: hub.url,
      offline,
      retry: { attempts: 2, firstDelayMs: 1 },
    });
    return {
      files,
      read: async (name) => readFile((await files.findPath(name)) ?? ''),
      requests: () => hub.requests.length,
      async [Symbol.asyncDispose]() {
        await hub[Symbol.asyncDispose]();
        await folder[Symbol.asyncDispose]();
      },
    };
  },
  bundledPath: 'models/nano/nano.gguf',
  downloadable: { name: 'hf:owner/repository/folder/model-Q8_0.gguf', bytes },
  missing: 'hf:owner/repository/missing.gguf',
});
