// `npm run check`: everything that can be said about the code without running it.
import { build, install, requireNode, root, run } from './prepare.mjs';
import { join } from 'node:path';

requireNode();
install({ withDevelopmentTools: true });
const tool = (path) => join(root, 'node_modules', path);
run(process.execPath, [tool('oxfmt/bin/oxfmt'), '--check', '.']);
run(process.execPath, [tool('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings']);
build();
run(process.execPath, [tool('knip/bin/knip.js')]);
console.log('Format, lint, types and unused code: fine.');
