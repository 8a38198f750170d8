import type { JsonSchema } from './arbitrary-from-schema.ts';

interface Content {
  schema?: JsonSchema;
}

export interface Operation {
  method: string;
  /** With `{names}`. */
  path: string;
  needsToken: boolean;
  pathParameters: Parameter[];
  queryParameters: Parameter[];
  /** Of a JSON body; undefined when it takes none. */
  bodySchema: JsonSchema | undefined;
  /** Of a `multipart/form-data` body. */
  formSchema: JsonSchema | undefined;
  responses: Record<string, { content?: Record<string, Content> }>;
}

export interface Parameter {
  name: string;
  required: boolean;
  schema: JsonSchema;
}

export interface OpenApi {
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, JsonSchema> };
}

interface OpenApiOperation {
  security?: object[];
  parameters?: { in: string; name: string; required?: boolean; schema?: JsonSchema }[];
  requestBody?: { content: Record<string, Content> };
  responses: Operation['responses'];
}

/** What an operation is about: `/documents` of `/documents/{id}/content`. */
export function collectionOf({ path }: Operation): string {
  return path.split('/{', 1)[0] ?? path;
}

/** Every operation of the document. */
export function operationsOf(document: OpenApi): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      needsToken: needsToken(operation),
      pathParameters: parametersIn('path', operation),
      queryParameters: parametersIn('query', operation),
      bodySchema: operation.requestBody?.content['application/json']?.schema,
      formSchema: operation.requestBody?.content['multipart/form-data']?.schema,
      responses: operation.responses,
    })),
  );
}

/** An empty alternative means that no token is needed either. */
function needsToken({ security = [] }: OpenApiOperation): boolean {
  return security.length > 0 && security.every((alternative) => Object.keys(alternative).length > 0);
}

function parametersIn(place: string, { parameters = [] }: OpenApiOperation): Parameter[] {
  return parameters
    .filter((parameter) => parameter.in === place)
    .map(({ name, required = false, schema = {} }) => ({ name, required, schema }));
}
