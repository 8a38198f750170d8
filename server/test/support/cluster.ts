import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunningService } from './journeys/start-service.ts';
import { newInstallation, type Installation } from './replicas.ts';
import type { SpawnedService } from './spawn-service.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { freePort } from './free-port.ts';

interface Nginx {
  stop(): Promise<void>;
}

export interface Cluster extends RunningService {
  replicas: readonly SpawnedService[];
}

/** `server/test` is not compiled with `scripts`, which are plain JavaScript. */
const { startNginx } = (await import(
  pathToFileURL(join(import.meta.dirname, '../../../scripts/stack/nginx.mjs')).href
)) as { startNginx(options: object): Promise<Nginx> };

/** Two services over the same servers, behind nginx with the configuration that is shipped. */
export async function startCluster(installation: Installation): Promise<Cluster> {
  const folder = await temporaryFolder();
  const replicas = await Promise.all([installation.start(), installation.start()]);
  const addresses = replicas.map(({ url }) => new URL(url).host);
  const port = await freePort();
  const nginx = await startNginx({ folder: folder.path, host: '127.0.0.1', port, replicas: addresses });
  const stop: Cluster['stop'] = async (signal) => {
    const [ended] = await Promise.all(replicas.map((replica) => replica.stop(signal)));
    await nginx.stop();
    return ended!;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    replicas,
    stop,
    async [Symbol.asyncDispose]() {
      await nginx.stop();
      for (const replica of replicas) await replica[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Installations by the folders that stand for them, for journeys that start a service again on what it kept. */
export function createClusters(): AsyncDisposable & { start(folder: string): Promise<Cluster> } {
  const installations = new Map<string, Promise<Installation>>();
  return {
    async start(folder) {
      const installation = installations.get(folder) ?? newInstallation();
      installations.set(folder, installation);
      return startCluster(await installation);
    },
    async [Symbol.asyncDispose]() {
      for (const installation of installations.values()) await (await installation)[Symbol.asyncDispose]();
    },
  };
}
