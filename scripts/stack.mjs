// `npm run stack`: what deploy/compose.yaml runs, as processes of this machine: OpenSearch, MongoDB and Redis, two services over
// them, nginx in front on port 8011. Options: --port NUMBER, --data FOLDER. Needs Linux with Debian's packages.
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { buildIfChanged, install, requireNode, root, stopWithNpm } from './prepare.mjs';
import { startServers } from './servers/start-servers.mjs';
import { showFirstAnswer } from './stack/first-answer.mjs';
import { startNginx } from './stack/nginx.mjs';
import { readSettings, serverSettings } from './stack/settings.mjs';
import { startPart } from './stack/start-part.mjs';

const replicaCount = 2;
/** What `serve` prints when it made the first administrator. */
const madeAdministrator = /^Administra(?:tor|dor): /m;

requireNode();
install({ withDevelopmentTools: false });
buildIfChanged();
stopWithNpm('stack');
/** What stops the parts, in the order in which they were started. */
const stops = [];
stopOnSignals();
try {
  await startStack(readSettings({ folder: root, args: process.argv.slice(2), environment: process.env }));
} catch (error) {
  console.error(error.message);
  await stopStack();
  process.exit(1);
}

async function startStack(settings) {
  const { port, data, ownServers, administrator, token } = settings;
  await assertFree(port);
  const servers = await startServers({ names: ownServers, folder: join(data, 'servers'), withPasswords: true });
  stops.push(servers.stop);
  const replicas = [];
  for (let number = 1; number <= replicaCount; number += 1)
    replicas.push(await startReplica(number, settings, servers.urls));
  const addresses = replicas.map(({ url }) => new URL(url).host);
  const nginx = await startNginx({ folder: join(data, 'nginx'), host: '127.0.0.1', port, replicas: addresses });
  added('nginx', nginx, data);
  const url = `http://localhost:${port}`;
  console.log(`nginx: ${url}`);

  const isFirstStart = replicas.some(({ output }) => madeAdministrator.test(output));
  await showFirstAnswer({ url, newAdministrator: isFirstStart ? administrator : null, token });
}

/** Before everything else is started for nothing. */
async function assertFree(port) {
  const listener = createServer();
  try {
    await once(listener.listen(port, '127.0.0.1'), 'listening');
  } catch (error) {
    throw new Error(`nginx cannot listen on port ${port} (${error.code}): choose another one with --port.`, {
      cause: error,
    });
  }
  listener.close();
  await once(listener, 'close');
}

/** A service with nothing of its own but a folder for its engine. */
async function startReplica(number, settings, urls) {
  const name = `replica ${number}`;
  const folder = join(settings.data, `replica-${number}`);
  mkdirSync(folder, { recursive: true });
  const part = await startPart(name, [process.execPath, join(root, 'cli/dist/main.js'), 'serve'], {
    cwd: root,
    env: {
      ...process.env,
      ...serverSettings(urls),
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: folder,
      ADMIN_USERNAME: settings.administrator.username,
      ADMIN_PASSWORD: settings.administrator.password,
      BILLUMY_TOKEN: settings.token,
    },
    ready: /Billumy (?:at|em) (http:\S+)[\s\S]*(?:Ready|Pronto)/,
  });
  added(name, part, settings.data);
  console.log(`${name}: ${part.url}`);
  return part;
}

/** Keeps what a part says, and tells when it ends by itself. */
function added(name, { child, stop }, data) {
  const log = join(data, `${name.replace(' ', '-')}.log`);
  for (const stream of [child.stdout, child.stderr]) stream.pipe(createWriteStream(log, { flags: 'a' }));
  const notice = () => console.error(`${name} has ended; the others go on. What it said is in ${log}.`);
  child.once('exit', notice);
  stops.push(() => {
    child.off('exit', notice);
    return stop();
  });
}

async function stopStack() {
  for (const stop of stops.splice(0).toReversed()) await stop();
}

/** Once in order; a second signal ends it at once, and the parts with it. */
function stopOnSignals() {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void stopStack().finally(() => process.exit(0));
    });
  }
}
