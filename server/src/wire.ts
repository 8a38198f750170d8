import type { AppOptions } from './app.ts';
import type { Config } from './config/config.ts';
import { createClosingList, type ClosingList } from './process/closing-list.ts';
import type { InFlight } from './routes/http/in-flight.ts';
import type { NewAdministrator } from './wire/ensure-administrator.ts';
import { loadStores } from './wire/open-stores.ts';

export interface WireOptions {
  config: Config;
  /** Told what went wrong in the background. */
  report(what: string, error: unknown): void;
}

export interface Service extends AsyncDisposable {
  app: Omit<AppOptions, 'logLevel' | 'logStream'>;
  inFlight: InFlight;
  /** The first administrator, when this start made it. */
  newAdministrator: NewAdministrator | null;
}

/** Chooses what is behind each port, and puts the product together. Ends what it began when a part cannot be opened. */
export async function wire(options: WireOptions): Promise<Service> {
  const closing = createClosingList();
  try {
    return await open(options, closing);
  } catch (error) {
    await closing[Symbol.asyncDispose]();
    throw error;
  }
}

async function open(options: WireOptions, closing: ClosingList): Promise<Service> {
  const openStores = await loadStores(options.config);
  // The threads of the stores start while the rest of the product, most of its files, is loaded.
  const [stores, { openService }] = await Promise.all([openStores(closing), import('./wire/open-service.ts')]);
  return openService(options, { stores, closing });
}
