import type { Thinking } from '../../models/language-model.ts';
import type { ValueMap } from './go-template/values.ts';

/** What a template may ask about thinking. */
export function thinkingValues(think: Thinking | null): ValueMap {
  return {
    Think: think !== null && think !== false,
    ThinkLevel: typeof think === 'string' ? think : '',
    IsThinkSet: think !== null,
  };
}
