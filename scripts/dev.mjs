// `npm run dev`: compiles on every change and restarts the service.
import { spawn } from 'node:child_process';
import { build, install, requireNode, root } from './prepare.mjs';

requireNode();
install({ withDevelopmentTools: true });
build();
const compiler = spawn(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '-b', '--watch', '--preserveWatchOutput'],
  { cwd: root, stdio: 'inherit' },
);
const service = spawn(process.execPath, ['--watch', 'cli/dist/main.js', 'serve', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
service.on('exit', (code) => {
  compiler.kill();
  process.exit(code ?? 0);
});
