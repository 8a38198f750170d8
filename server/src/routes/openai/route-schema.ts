import { dialectSchema } from '../dialects/dialect-schema.ts';
import { openAiErrorSchema } from './openai-error.ts';

export const openAiSchema = dialectSchema('openai', openAiErrorSchema);
