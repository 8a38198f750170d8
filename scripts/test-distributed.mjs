// `npm run test:distributed`: the tests that need OpenSearch, MongoDB and Redis, on real ones. Arguments go to the tests.
// A server whose address is in OPENSEARCH_URL, MONGO_URL or REDIS_URL is used; the others are started, and stopped at the end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { install, requireNode, root } from './prepare.mjs';
import { startServers } from './servers/start-servers.mjs';

const filters = [
  'server/test/adapters/mongodb',
  'server/test/adapters/opensearch',
  'server/test/adapters/redis',
  'server/test/distributed',
];
const variables = { opensearch: 'OPENSEARCH_URL', mongodb: 'MONGO_URL', redis: 'REDIS_URL' };

requireNode();
install({ withDevelopmentTools: true });
const { MONGO_URL: mongodb, OPENSEARCH_URL: opensearch, REDIS_URL: redis, ...environment } = process.env;
const given = Object.entries({ opensearch, mongodb, redis }).filter(([, url]) => url);
for (const [name] of given) console.log(`${name}: the one that ${variables[name]} names`);
const names = Object.keys(variables).filter((name) => !given.some(([other]) => other === name));
if (names.length > 0) console.log(`Starting ${names.join(', ')} …`);

const servers = await startServers({ names, withPasswords: true }).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
try {
  process.exitCode = await runTests({ ...Object.fromEntries(given), ...servers.urls });
} finally {
  await servers.stop();
}

/** Resolves with the exit code of the tests, whose last line has the counts. */
async function runTests(urls) {
  const addresses = Object.entries(urls).map(([name, url]) => [`BILLUMY_TEST_${variables[name]}`, url]);
  // A group of its own, so that a signal reaches the tests and all that they have started.
  const tests = spawn(process.execPath, ['scripts/test.mjs', ...filters, ...process.argv.slice(2)], {
    cwd: root,
    env: { ...environment, ...Object.fromEntries(addresses) },
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => process.kill(-Number(tests.pid), signal));
  const [code] = await once(tests, 'exit');
  return code ?? 1;
}
