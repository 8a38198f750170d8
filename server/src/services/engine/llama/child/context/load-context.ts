import type { LoadOptions } from '../../messages.ts';
import type { ThreadCount } from './thread-count.ts';

/** What a model is opened with. */
export interface LoadContext {
  load: LoadOptions;
  threads: ThreadCount;
}
