import { z } from 'zod';

/** A type of Go, as far as JSON is read into it. */
export interface GoType<T> {
  /** What `null` and absence mean inside a list. */
  readonly zero: T;
  /** For the description of a route. */
  readonly schema: z.ZodType;
  /** What a JSON value other than null means; throws `TypeError` with Go's words. `field` is where it stands. */
  decode(value: unknown, field: string): T;
}

export type Decoded<G> = G extends GoType<infer T> ? T : never;

export type Fields = Readonly<Record<string, GoType<unknown>>>;

/** Fields that are absent or null are undefined. */
export type DecodedFields<F extends Fields> = { readonly [Name in keyof F]?: Decoded<F[Name]> | undefined };

/** `json: cannot unmarshal number into Go struct field GenerateRequest.prompt of type string` */
export function mismatch(value: unknown, { field, type }: { field: string; type: string }): TypeError {
  return cannotUnmarshal(kindOf(value), `Go struct field ${field} of type ${type}`);
}

function cannotUnmarshal(what: string, place: string): TypeError {
  return new TypeError(`json: cannot unmarshal ${what} into ${place}`);
}

export const goString: GoType<string> = {
  zero: '',
  schema: z.string(),
  decode(value, field) {
    if (typeof value !== 'string') throw mismatch(value, { field, type: 'string' });
    return value;
  },
};

export const goBool: GoType<boolean> = {
  zero: false,
  schema: z.boolean(),
  decode(value, field) {
    if (typeof value !== 'boolean') throw mismatch(value, { field, type: 'bool' });
    return value;
  },
};

export const goInt: GoType<number> = {
  zero: 0,
  schema: z.int(),
  decode(value, field) {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
    if (typeof value !== 'number') throw mismatch(value, { field, type: 'int' });
    throw cannotUnmarshal(`number ${value}`, `Go struct field ${field} of type int`);
  },
};

/** Any value, `null` excepted; what is right is for the route to say. */
export const goRaw: GoType<unknown> = {
  zero: undefined,
  schema: z.unknown(),
  decode: (value) => value,
};

/** An object with keys of the caller's choice; `type` is Go's name of it. */
export function goMapOf(type: string): GoType<Readonly<Record<string, unknown>>> {
  return {
    zero: {},
    schema: z.record(z.string(), z.unknown()),
    decode(value, field) {
      if (!isObject(value)) throw mismatch(value, { field, type });
      return value;
    },
  };
}

export const goMap = goMapOf('map[string]interface {}');

/** An object whose values are texts. */
export const goStringMap: GoType<Readonly<Record<string, string>>> = {
  zero: {},
  schema: z.record(z.string(), z.string()),
  decode(value, field) {
    if (!isObject(value)) throw mismatch(value, { field, type: 'map[string]string' });
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, inner === null ? '' : goString.decode(inner, field)]),
    );
  },
};

/** `type` is Go's name of the whole: `[]string`. */
export function goList<T>(item: GoType<T>, type: string): GoType<readonly T[]> {
  return {
    zero: [],
    schema: z.array(item.schema),
    decode(value, field) {
      if (!Array.isArray(value)) throw mismatch(value, { field, type });
      return value.map((inner: unknown) => (inner === null ? item.zero : item.decode(inner, field)));
    },
  };
}

/** Unknown keys are ignored, and the case of keys does not matter; of a key that comes twice the last value counts. */
export function goStruct<F extends Fields>(type: string, fields: F): GoType<DecodedFields<F>> {
  const types = new Map<string, GoType<unknown>>(Object.entries(fields));
  const properties = [...types].map(([name, { schema }]) => [name, schema.nullable().optional()] as const);
  return {
    zero: {},
    schema: z.looseObject(Object.fromEntries(properties)),
    decode(value, field) {
      if (!isObject(value)) throw mismatch(value, { field, type });
      const decoded = new Map<string, unknown>();
      for (const [key, inner] of Object.entries(value)) {
        const name = types.has(key) ? key : key.toLowerCase();
        const inside = types.get(name);
        if (inside !== undefined && inner !== null) decoded.set(name, inside.decode(inner, `${field}.${name}`));
      }
      return Object.fromEntries(decoded) as DecodedFields<F>;
    },
  };
}

/** A whole body. */
export interface GoBody<T> {
  readonly schema: z.ZodType;
  decode(value: unknown): T;
}

/** The struct that a body is read into: `goBody('GenerateRequest', { model: goString })`. */
export function goBody<F extends Fields>(name: string, fields: F): GoBody<DecodedFields<F>> {
  const struct = goStruct(`api.${name}`, fields);
  return {
    schema: struct.schema,
    decode(value) {
      if (value === null) return struct.zero;
      if (isObject(value)) return struct.decode(value, name);
      throw cannotUnmarshal(kindOf(value), `Go value of type api.${name}`);
    },
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
