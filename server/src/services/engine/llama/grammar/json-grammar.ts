import { jsonSchemaGrammar } from './json-schema-grammar.ts';

/** GBNF of any JSON object: what clients of Ollama and OpenAI rely on when they ask for JSON without a schema. */
export const jsonGrammar = jsonSchemaGrammar({ type: 'object' });
