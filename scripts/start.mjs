// `npm start`: installs what is missing, compiles what changed, starts the service and answers a first question.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { buildIfChanged, install, requireNode, root, stopWithNpm } from './prepare.mjs';

requireNode();
install({ withDevelopmentTools: false });
buildIfChanged();
stopWithNpm('start');
process.argv = [process.execPath, 'billumy', 'serve', '--welcome', ...process.argv.slice(2)];
await import(pathToFileURL(join(root, 'cli/dist/main.js')).href);
