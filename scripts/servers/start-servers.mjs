// Starts real servers on loopback, for tests and for programs that show the whole product. Needs Linux with Debian's packages.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const scripts = { opensearch: 'opensearch/opensearch.sh', mongodb: 'mongodb/mongodb.sh', redis: 'redis.sh' };
/** The first start downloads and builds. */
const startDeadlineMs = 15 * 60_000;
const stopDeadlineMs = 30_000;
const mongodbUser = 'billumy';
const errorCharacters = 4000;
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Starts the named servers at free ports. When one cannot be started, none is left. Nothing outlives this process: signals that the
 * program does not handle itself stop the servers before they end it.
 *
 * @param {object} options
 * @param {('opensearch' | 'mongodb' | 'redis')[]} options.names
 * @param {string} [options.folder] where they keep their data; without, in a temporary folder that `stop` removes
 * @param {boolean} [options.withPasswords] MongoDB and Redis ask for one, which the address has
 * @param {(line: string) => void} [options.report] what is being done, without passwords
 * @returns {Promise<{ urls: Partial<Record<'opensearch' | 'mongodb' | 'redis', string>>, stop: () => Promise<void> }>}
 *   `stop` may be called again
 */
export async function startServers({ names, folder, withPasswords = false, report = console.log }) {
  const data = folder ?? mkdtempSync(join(tmpdir(), 'billumy-servers-'));
  const password = withPasswords ? randomBytes(16).toString('hex') : '';
  const servers = names.map((name) => launch({ name, folder: join(data, name), password, report }));
  const removeData = () => folder ?? rmSync(data, { recursive: true, force: true });
  const kill = () => {
    for (const server of servers) signalGroup(server, 'SIGKILL');
    removeData();
  };
  let stopped;
  const stop = () => (stopped ??= stopAll());
  const forget = stopWithProcess(kill, stop);
  const stopAll = async () => {
    await Promise.all(servers.map(end));
    removeData();
    forget();
  };
  try {
    const urls = await Promise.all(servers.map((server) => server.ready));
    return { urls: Object.fromEntries(names.map((name, index) => [name, urls[index]])), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function launch({ name, folder, password, report }) {
  const user = password === '' ? '' : mongodbUser;
  // What the caller's environment says of its own MongoDB and Redis is not meant for these.
  const env = { ...process.env, MONGO_USER: user, MONGO_PASSWORD: password, REDIS_PASSWORD: password };
  // The kernel ends it when this process is killed. It has a group of its own, so that an interrupt at the terminal reaches
  // this program alone, which stops what uses the servers first.
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', join(here, scripts[name]), '0', folder], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const server = { name, child, isReady: false, isStopping: false };
  server.ready = waitUntilReady(server, { password, report });
  return server;
}

/** Resolves with the address that the server says it is ready at. */
function waitUntilReady(server, { password, report }) {
  const { name, child } = server;
  const startedAt = performance.now();
  let [printed, errors] = ['', ''];
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${name} ${why}\n${errors}`));
    const deadline = setTimeout(() => fail('was not ready in time'), startDeadlineMs);
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('close', (code, signal) => {
      clearTimeout(deadline);
      const how = signal ?? `exit code ${code}`;
      if (server.isReady && !server.isStopping) report(`${name}: ended by itself with ${how}\n${errors}`);
      fail(`ended with ${how} before it was ready`);
    });
    child.stderr.on('data', (bytes) => {
      errors = (errors + bytes).slice(-errorCharacters);
      // What the starter itself says, such as that it builds something.
      for (const line of String(bytes).split('\n')) if (line.startsWith(`${name}: `)) report(line);
    });
    child.stdout.on('data', (bytes) => {
      printed += bytes;
      const address = /^READY (\S+)\n/m.exec(printed)?.[1];
      if (address === undefined) return;
      clearTimeout(deadline);
      report(`${name}: ready at ${address} after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
      server.isReady = true;
      resolve(withPassword(name, address, password));
    });
  });
}

function withPassword(name, address, password) {
  if (name === 'opensearch' || password === '') return address;
  return address.replace('://', `://${name === 'mongodb' ? mongodbUser : ''}:${password}@`);
}

async function end(server) {
  const { child } = server;
  server.isStopping = true;
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  signalGroup(server, 'SIGTERM');
  const deadline = setTimeout(() => signalGroup(server, 'SIGKILL'), stopDeadlineMs);
  await exited;
  clearTimeout(deadline);
}

/** Reaches Maven too, when the server is still being built. */
function signalGroup({ child }, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Kills at once when the process exits, and stops in order when a signal ends it; returns what takes this back. */
function stopWithProcess(kill, stop) {
  const onSignal = (signal) => {
    // A program with a handler of its own says when.
    if (process.listenerCount(signal) === 0) void stop().finally(() => process.exit(exitCodes[signal]));
  };
  process.once('exit', kill);
  for (const signal of Object.keys(exitCodes)) process.once(signal, onSignal);
  return () => {
    process.off('exit', kill);
    for (const signal of Object.keys(exitCodes)) process.off(signal, onSignal);
  };
}
