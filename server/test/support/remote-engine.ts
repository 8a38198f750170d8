import type { Engine } from '../../src/ports/engine.ts';
import { engineAddresses } from '../../src/services/engine/remote/fleet/addresses.ts';
import { type Fleet, type FleetOptions, openFleet } from '../../src/services/engine/remote/fleet/fleet.ts';
import { createRemoteEngine, type RemoteEngineOptions } from '../../src/services/engine/remote/remote-engine.ts';
import { createRemoteModelFiles } from '../../src/services/engine/remote/remote-model-files.ts';

export interface OpenRemoteOptions extends Partial<FleetOptions>, Pick<RemoteEngineOptions, 'times'> {
  urls: readonly string[];
  apiKey?: string;
  /** Closed with the engine, after it. */
  servers?: readonly AsyncDisposable[];
}

export interface OpenedRemote extends Engine {
  fleet: Fleet;
}

/** A remote engine over the servers at the addresses; closing it closes what belongs to it. */
export async function openRemote(options: OpenRemoteOptions): Promise<OpenedRemote> {
  const { urls, apiKey = null, servers = [], times, ...rest } = options;
  const fleet = openFleet({ addresses: engineAddresses(urls, apiKey), recheckMs: 50, ...rest });
  const { profile } = createRemoteModelFiles({ fleet });
  const engine = createRemoteEngine({ fleet, profile, ...(times === undefined ? {} : { times }) });
  await fleet.looked;
  return Object.assign(engine, {
    fleet,
    async [Symbol.asyncDispose]() {
      await fleet[Symbol.asyncDispose]();
      for (const server of servers) await server[Symbol.asyncDispose]();
    },
  });
}
