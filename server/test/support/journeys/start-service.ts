import { administratorPassword } from '../api.ts';
import { spawnService, type SpawnedService } from '../spawn-service.ts';

/** Something that answers as the service does: one process, or several behind a proxy. */
export type RunningService = Pick<SpawnedService, 'url' | 'stop'> & AsyncDisposable;

/** Starts what keeps its data in the folder, or, where it keeps none there, in what stands for the folder. */
export type StartService = (folder: string) => Promise<RunningService>;

export const startOneService: StartService = (folder) =>
  spawnService({ DATA_DIR: folder, ADMIN_PASSWORD: administratorPassword });
