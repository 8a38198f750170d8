// A program for tests of limited processes: does what its caller asks, as far as it may.
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';

const acts = {
  environment: () => Object.keys(process.env),
  write: (path) => writeFileSync(path, 'x'),
  rights: () => /NoNewPrivs:\s+(\d)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1],
  tasks: () => /Max processes\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1],
  connect: (port) =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve('connected'));
      socket.on('error', (error) => resolve(error.code));
    }),
  fill: (megabytes) => {
    const blocks = [];
    for (let filled = 0; filled < megabytes; filled += 16) blocks.push(Buffer.alloc(16 * 1024 * 1024, 1));
    return blocks.length;
  },
  compute: () => {
    for (;;);
  },
  crash: () => process.exit(3),
};

process.on('message', ({ act, argument }) => {
  void answer(act, argument);
});
process.on('disconnect', () => process.exit());

async function answer(act, argument) {
  try {
    process.send({ result: await acts[act](argument) });
  } catch (error) {
    process.send({ error: error.code });
  }
}
