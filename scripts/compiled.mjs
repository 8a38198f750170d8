// Runs one of the project's TypeScript commands: `node scripts/compiled.mjs scripts/dist/eval.js ARGUMENTS`.
import { spawnSync } from 'node:child_process';
import { build, install, requireNode, root } from './prepare.mjs';

requireNode();
install({ withDevelopmentTools: true });
build();
const [file, ...parameters] = process.argv.slice(2);
const { status } = spawnSync(process.execPath, [file, ...parameters], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
