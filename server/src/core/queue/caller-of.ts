import type { Principal } from '../../models/principal.ts';
import type { Caller } from '../../ports/engine.ts';

/** Who takes turns with others at a model: a key of an API, or a person who is logged in. */
export function callerOf({ keyId, userId }: Principal, priority: Caller['priority']): Caller {
  return { id: keyId ?? userId, priority };
}
