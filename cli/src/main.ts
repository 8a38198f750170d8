import { runCommand } from './run-command.ts';

// Whoever reads the output may have seen enough (`billumy documents | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.exitCode = await runCommand(process.argv.slice(2));
