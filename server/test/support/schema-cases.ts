/** Values that a schema takes and values that it does not. */
export interface SchemaCase {
  name: string;
  schema: unknown;
  good: readonly unknown[];
  bad: readonly unknown[];
}

export const schemaCases: readonly SchemaCase[] = [
  {
    name: 'properties in order, optional ones left out anywhere',
    schema: {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'boolean' }, c: { type: 'string' } },
      required: ['b'],
    },
    good: [{ a: 1, b: true, c: 'x' }, { b: false }, { a: -20, b: true }, { b: true, c: '' }],
    bad: [{}, { a: 1 }, { a: 1.5, b: true }, { b: true, d: 1 }, { b: 1 }, []],
  },
  {
    name: 'only optional properties',
    schema: { properties: { a: { const: 1 }, b: { const: 2 } } },
    good: [{}, { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    bad: [{ a: 2 }, { c: 1 }, 1],
  },
  {
    name: 'further properties where the schema allows them, under other names',
    schema: { type: 'object', properties: { ab: { type: 'null' } }, additionalProperties: { type: 'integer' } },
    good: [{ ab: null }, { ab: null, a: 1 }, { abc: 1, b: 2 }, { '"': 1 }, { é: 3 }],
    bad: [{ ab: 1 }, { x: 'y' }],
  },
  {
    name: 'maps',
    schema: { type: 'object', additionalProperties: { type: 'array', items: { type: 'number' } } },
    good: [{}, { x: [] }, { x: [1, 2.5], y: [1e3] }],
    bad: [{ x: 1 }, { x: ['1'] }],
  },
  {
    name: 'a required property that is not described',
    schema: { type: 'object', properties: { a: { type: 'integer' } }, required: ['a', 'b'] },
    good: [{ a: 1, b: [null] }],
    bad: [{ a: 1 }],
  },
  {
    name: 'what pydantic writes of nested models, optional fields and enums',
    schema: {
      $defs: {
        Kind: { enum: ['casa', 'casaco', 'prédio', 'a"b'], title: 'Kind', type: 'string' },
        Address: {
          properties: { street: { title: 'Street', type: 'string' }, kind: { $ref: '#/$defs/Kind' } },
          required: ['street', 'kind'],
          title: 'Address',
          type: 'object',
        },
      },
      properties: {
        name: { title: 'Name', type: 'string' },
        age: { anyOf: [{ type: 'integer' }, { type: 'null' }], default: null },
        addresses: { items: { $ref: '#/$defs/Address' }, type: 'array' },
        home: { anyOf: [{ $ref: '#/$defs/Address' }, { type: 'null' }], description: 'where' },
        old: { allOf: [{ $ref: '#/$defs/Address' }], description: 'before' },
      },
      required: ['name', 'addresses'],
      title: 'Person',
      type: 'object',
    },
    good: [
      { name: 'Ana', addresses: [] },
      { name: 'Ana', age: null, addresses: [{ street: 'Rua', kind: 'casa' }], home: null },
      {
        name: 'A',
        age: 3,
        addresses: [
          { street: '', kind: 'casaco' },
          { street: '', kind: 'a"b' },
        ],
      },
      { name: 'A', addresses: [], home: { street: 'x', kind: 'prédio' }, old: { street: 'x', kind: 'casa' } },
    ],
    bad: [{ name: 'Ana' }, { name: 'Ana', addresses: [{ street: 'Rua', kind: 'cas' }] }, { name: 1, addresses: [] }],
  },
  {
    name: 'a tree',
    schema: {
      type: 'object',
      properties: { value: { type: 'integer' }, children: { type: 'array', items: { $ref: '#' } } },
      required: ['value'],
    },
    good: [{ value: 1 }, { value: 1, children: [{ value: 2, children: [] }, { value: 3 }] }],
    bad: [{ value: 1, children: [{}] }],
  },
  {
    name: 'common constraints beside alternatives',
    schema: {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'integer' } },
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    good: [{ a: 1 }, { b: 1 }, { a: 1, b: 2 }],
    bad: [{}],
  },
  {
    name: 'objects that are put together',
    schema: {
      allOf: [
        { type: 'object', properties: { a: { type: 'number', minimum: 0 } }, required: ['a'] },
        { properties: { a: { maximum: 5 }, b: { type: 'string' } }, required: ['b'] },
      ],
    },
    good: [
      { a: 0, b: '' },
      { a: 5, b: 'x' },
      { a: 4.25, b: 'x' },
    ],
    bad: [{ a: 6, b: '' }, { a: -1, b: '' }, { a: 1 }],
  },
  {
    name: 'discriminated unions',
    schema: {
      oneOf: [
        {
          type: 'object',
          properties: { kind: { const: 'cat' }, lives: { type: 'integer' } },
          required: ['kind', 'lives'],
        },
        {
          type: 'object',
          properties: { kind: { const: 'car' }, doors: { enum: [3, 5] } },
          required: ['kind', 'doors'],
        },
      ],
    },
    good: [
      { kind: 'cat', lives: 9 },
      { kind: 'car', doors: 3 },
    ],
    bad: [
      { kind: 'car', lives: 9 },
      { kind: 'car', doors: 4 },
    ],
  },
  {
    name: 'several types at once',
    schema: { type: ['string', 'integer', 'null'] },
    good: ['x', 1, null],
    bad: [1.5, true, []],
  },
  { name: 'nullable', schema: { type: 'string', nullable: true }, good: ['x', null], bad: [1] },
  { name: 'enums with a type beside', schema: { type: 'integer', enum: [1, 'a', 22] }, good: [1, 22], bad: ['a', 2] },
  { name: 'values as they are', schema: { const: { a: [1, 'ção'] } }, good: [{ a: [1, 'ção'] }], bad: [{ a: [1] }] },
  {
    name: 'anything',
    schema: {},
    good: [1, -0.5, 'é\n"\\', null, [], [[]], { a: { b: [1, 'x', null, true] } }],
    bad: [],
  },
  {
    name: 'so many items',
    schema: { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 3 },
    good: [
      [1, 2],
      [1, 2, 3],
    ],
    bad: [[], [1], [1, 2, 3, 4]],
  },
  {
    name: 'tuples',
    schema: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], minItems: 2, maxItems: 2 },
    good: [['a', 1]],
    bad: [[], ['a'], [1, 'a'], ['a', 1, 2]],
  },
  { name: 'no items at all', schema: { type: 'array', maxItems: 0 }, good: [[]], bad: [[1]] },
  {
    name: 'lengths',
    schema: { type: 'string', minLength: 2, maxLength: 3 },
    good: ['ab', 'çãé', '"\\\n'],
    bad: ['', 'a', 'abcd'],
  },
  {
    name: 'long lengths',
    schema: { type: 'string', minLength: 1500, maxLength: 2500 },
    good: ['a'.repeat(1500), 'b'.repeat(2500), 'c'.repeat(2001)],
    bad: ['a'.repeat(1499), 'a'.repeat(2501)],
  },
  {
    name: 'patterns',
    schema: { type: 'string', pattern: String.raw`^(\d{3}\.){2}\d{3}-\d{2}$` },
    good: ['123.456.789-09'],
    bad: ['123.456.789-0', '123456789-09', 'x123.456.789-09'],
  },
  {
    name: 'patterns anywhere',
    schema: { type: 'string', pattern: 'a[^b-d"]+\\\\' },
    good: ['xxae\\yy', 'afg\\'],
    bad: ['ab\\', 'ae'],
  },
  {
    name: 'alternatives in patterns',
    schema: { type: 'string', pattern: '^(?:red|gr(?<shade>e|a)y|\\w?)$' },
    good: ['red', 'grey', 'gray', '', 'z'],
    bad: ['green', 'zz'],
  },
  {
    name: 'formats',
    schema: {
      type: 'array',
      items: { anyOf: ['date', 'time', 'date-time', 'uuid'].map((format) => ({ type: 'string', format })) },
    },
    good: [['2026-11-21', '10:00:59Z', '2026-11-21T10:00:00.123-03:00', '123e4567-e89b-12d3-a456-426614174000']],
    bad: [['2026-13-01'], ['25:00:00Z'], ['x']],
  },
  {
    name: 'patterns that look ahead, as any string',
    schema: { type: 'string', pattern: '^(?!^[-+.]*$)[+-]?0*$' },
    good: ['x'],
    bad: [1],
  },
];
