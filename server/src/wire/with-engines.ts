import type { Config } from '../config/config.ts';
import type { ModelProfile } from '../models/language-model.ts';
import type { Engine } from '../ports/engine.ts';
import type { Likelihood } from '../ports/likelihood.ts';
import type { ModelFiles } from '../ports/model-files.ts';
import type { ClosingList } from '../process/closing-list.ts';
import { engineAddresses } from '../services/engine/remote/fleet/addresses.ts';
import { openFleet } from '../services/engine/remote/fleet/fleet.ts';
import { createRemoteEngine } from '../services/engine/remote/remote-engine.ts';
import { createRemoteModelFiles } from '../services/engine/remote/remote-model-files.ts';
import {
  createDividedEngine,
  createDividedLikelihood,
  createDividedModelFiles,
  divideModels,
} from '../services/engine/remote/fleet/with-local.ts';

interface Models {
  files: ModelFiles;
  engine: Engine;
  likelihood: Likelihood;
}

/** The models of the engines of `BILLUMY_URL`, and of this machine those that they do not have. */
export function withEngines(here: Models, { config, closing }: { config: Config; closing: ClosingList }): Models {
  const addresses = engineAddresses(config.BILLUMY_URL ?? [], config.ENGINE_API_KEY);
  const fleet = closing.add(openFleet({ addresses }));
  const files = createRemoteModelFiles({ fleet, configured: configuredKinds(config), offline: config.OFFLINE });
  const engine = createRemoteEngine({ fleet, profile: files.profile });
  const division = divideModels(fleet, { local: here.files });
  return {
    files: createDividedModelFiles({ remote: files, local: here.files }, division),
    engine: createDividedEngine({ remote: engine, local: here.engine }, division),
    likelihood: createDividedLikelihood(here.likelihood, division),
  };
}

function configuredKinds(config: Config): ReadonlyMap<string, ModelProfile['kind']> {
  const kinds = new Map<string, ModelProfile['kind']>([
    [config.LANGUAGE_MODEL, 'language'],
    [config.EMBEDDING_MODEL, 'embedding'],
  ]);
  if (config.RERANK_MODEL !== null) kinds.set(config.RERANK_MODEL, 'reranker');
  return kinds;
}
