// Runs ingestion over a folder with the built program until it is killed. Arguments: the folder, and how many
// milliseconds its clock is ahead, so that leases of a killed process are over. A file that begins with POISON kills
// this process. Prints how many documents are done.
import { createKnowledge } from '../../dist/core/knowledge/knowledge.js';
import { openTextAnalyzer } from '../../dist/core/retrieval/text-analyzer.js';
import { openDatabase } from '../../dist/db/sqlite/database.js';
import { openSqliteDocumentStore } from '../../dist/db/sqlite/sqlite-document-store.js';
import { openSqliteJobQueue } from '../../dist/db/sqlite/sqlite-job-queue.js';
import { openSqliteIndex } from '../../dist/services/search/sqlite/open-sqlite-index.js';

const [folder, aheadMs] = process.argv.slice(2);
const now = () => new Date(Date.now() + Number(aheadMs));

const database = await openDatabase(`${folder}/billumy.db`);
const documents = openSqliteDocumentStore({ database, directory: `${folder}/documents`, now });
const jobs = openSqliteJobQueue({ database, now });
const index = await openSqliteIndex({ path: `${folder}/index.db` });
const parser = {
  async parse({ bytes }) {
    const text = new TextDecoder().decode(bytes);
    if (text.startsWith('POISON')) process.kill(process.pid, 'SIGKILL');
    return { title: null, text, sections: [], pages: [] };
  },
  [Symbol.asyncDispose]: async () => undefined,
};
const onError = (error) => console.error(error);
const analyzer = openTextAnalyzer();
const knowledge = createKnowledge({ documents, jobs, index, analyzer, parser, now, onError });

const [job] = (await jobs.list({ kinds: ['ingest'], state: 'any', ownerId: null }, { limit: 1, after: null })).items;
jobs.watch(job.id, ({ status, progress }) => console.log(status, progress.done));
await knowledge.runIngestion(new AbortController().signal);
