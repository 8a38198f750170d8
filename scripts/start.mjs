// `npm start`: installs what is missing, compiles what changed, starts the service and answers a first question.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { buildIfChanged, install, requireNode, root } from './prepare.mjs';

requireNode();
install({ withDevelopmentTools: false });
buildIfChanged();
stopWithNpm();
process.argv = [process.execPath, 'billumy', 'serve', '--welcome', ...process.argv.slice(2)];
await import(pathToFileURL(join(root, 'cli/dist/main.js')).href);

/** npm does not hand a SIGTERM on: when it is gone, the service stops too, as if it had got the signal itself. */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}
