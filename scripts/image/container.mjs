import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('run-contained.sh', import.meta.url));

/**
 * Starts the command of an image on its root, read-only, as its user and without a right of root.
 *
 * @param {{ config: object, root: string, volume: string, environment: readonly string[] }} options `config` is the one that the image
 *   has in Docker's form, `volume` the folder that stands at `/data`
 */
export function startContainer({ config, root, volume, environment }) {
  const withEnvironment = (command) => [
    'env',
    '-i',
    '--chdir',
    config.WorkingDir,
    ...config.Env,
    ...environment,
    ...command,
  ];
  const program = withEnvironment([...(config.Entrypoint ?? []), ...config.Cmd]);
  const namespaces = ['--mount', '--pid', '--fork', '--kill-child'];
  const child = spawn('unshare', [...namespaces, 'sh', script, root, volume, config.User, ...program], {
    stdio: 'inherit',
  });
  // Its first process, as seen from here.
  const first = () => readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
  return {
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    status: () => readFileSync(`/proc/${first()}/status`, 'utf8'),
    /** As `docker exec`: the exit code of a command that runs beside the program. */
    exitCodeOf(command) {
      const user = ['setpriv', '--reuid', config.User, '--regid', config.User, '--init-groups'];
      const place = ['--target', first(), '--mount', '--pid', '--root'];
      return spawnSync('nsenter', [...place, ...user, ...withEnvironment(command)], { stdio: 'ignore' }).status;
    },
    /** As `docker stop`: the exit code of the program, and how long it took to end. */
    async stop() {
      const exited = once(child, 'exit');
      const asked = Date.now();
      process.kill(Number(first()), 'SIGTERM');
      const [code] = await exited;
      return { code, milliseconds: Date.now() - asked };
    },
    kill: () => child.kill('SIGKILL'),
  };
}
