// Training with the openai package of npm; the key needs the scope `train`.
import OpenAI, { toFile } from 'openai';

const client = new OpenAI({
  baseURL: `${process.env.BILLUMY_SERVICE ?? 'http://127.0.0.1:8000'}/v1`,
  apiKey: process.env.BILLUMY_API_KEY,
});
const facts = Array.from({ length: 12 }, (_, index) => ({
  messages: [
    { role: 'user', content: `Qual é o código do armazém ${index}?` },
    { role: 'assistant', content: `O código é AZ-${index}${index}.` },
  ],
}));
const lines = facts.map((fact) => JSON.stringify(fact)).join('\n');

const file = await client.files.create({ file: await toFile(Buffer.from(lines), 'facts.jsonl'), purpose: 'fine-tune' });
console.log(`uploaded ${file.id}`);
const job = await client.fineTuning.jobs.create({ model: process.env.BASE_MODEL ?? 'nano', training_file: file.id });
console.log(`created ${job.id}: ${job.status}`);
for await (const event of client.fineTuning.jobs.listEvents(job.id)) console.log(`  ${event.message}`);

// A model that is to learn gets the time that it needs; this one is only shown how.
const { status } = await client.fineTuning.jobs.cancel(job.id);
console.log(`now ${status}, and is known as ${(await client.fineTuning.jobs.retrieve(job.id)).status}`);
await client.files.delete(file.id);
for await (const left of client.files.list()) console.log(`still there: ${left.id}`);
