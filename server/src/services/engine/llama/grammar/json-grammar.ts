import { jsonSchemaGrammar } from './json-schema-grammar.ts';

/** GBNF of any JSON object or array: what a model is asked for that is to answer in JSON. */
export const jsonGrammar = jsonSchemaGrammar({ type: ['object', 'array'] });
