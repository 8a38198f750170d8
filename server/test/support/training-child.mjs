// A service that trains and can be killed: `node training-child.mjs FOLDER` takes a run as JSON from the standard input,
// and prints every event and the process ids of its trainer.
const { createLocalTrainer } = await import(
  new URL('../../dist/services/trainer/local/create-local-trainer.js', import.meta.url)
);
let text = '';
for await (const piece of process.stdin) text += piece;
const trainer = createLocalTrainer({ folder: process.argv[2] });
for await (const event of trainer.train(JSON.parse(text), { signal: new AbortController().signal })) {
  console.log(JSON.stringify({ ...event, pid: trainer.childPid }));
}
