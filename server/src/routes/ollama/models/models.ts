import type { ModelLibrary } from '../../../core/model-library/model-library.ts';
import type { Personas } from '../../../core/personas/personas.ts';
import type { BlobStore } from '../../../ports/blob-store.ts';
import type { App } from '../../http/route.ts';
import { blobRoutes } from './blobs.ts';
import { copyRoute, deleteRoute } from './copy-delete.ts';
import { createRoute } from './create.ts';
import { listRoutes } from './list.ts';
import { pullRoute, pushRoute } from './pull-push.ts';
import { showRoute } from './show.ts';

export interface ModelRoutesPorts {
  library: ModelLibrary;
  personas: Personas;
  blobs: BlobStore;
}

/** What programs that speak with Ollama do with the models themselves; for `ollamaScope`. */
export function modelRoutes({ library, personas, blobs }: ModelRoutesPorts): (scope: App) => void {
  return (scope) => {
    for (const register of [
      listRoutes(library),
      showRoute(library),
      createRoute(personas),
      copyRoute(personas),
      deleteRoute(library),
      pullRoute(library),
      pushRoute,
      blobRoutes(blobs),
    ]) {
      register(scope);
    }
  };
}
