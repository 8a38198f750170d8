import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type ServerName = 'opensearch' | 'mongodb' | 'redis';

interface StartServers {
  (options: {
    names: readonly ServerName[];
    folder?: string;
    report?: (line: string) => void;
  }): Promise<{ urls: Partial<Record<ServerName, string>>; stop(): Promise<void> }>;
}

interface StartNginx {
  (options: { folder: string; host: string; port: number; replicas: readonly string[] }): Promise<{
    child: { pid?: number };
    stop(): Promise<void>;
  }>;
}

// The scripts are plain JavaScript, which runs before anything is compiled.
const scripts = new URL('../../scripts/', import.meta.url).pathname;
const load = async (name: string): Promise<unknown> => import(pathToFileURL(join(scripts, name)).href);

/** Real servers of this machine, as the tests start them. */
export const { startServers } = (await load('servers/start-servers.mjs')) as { startServers: StartServers };
/** Nginx with the configuration that is shipped. */
export const { startNginx } = (await load('stack/nginx.mjs')) as { startNginx: StartNginx };
