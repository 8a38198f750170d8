/** What can be done with values of a type of DuckDB. */
export type TypeKind = 'integer' | 'decimal' | 'text' | 'date' | 'boolean' | 'uuid' | 'other';

const integers = /^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/;
const decimals = /^(?:DECIMAL\b.*|DOUBLE|FLOAT|REAL)$/;
const texts = /^(?:VARCHAR|ENUM\(.*\))$/s;
const dates = /^(?:DATE|TIMESTAMP.*)$/;

export function kindOfType(type: string): TypeKind {
  // A list of numbers ends like `INTEGER[]`; its elements are no numbers of the column.
  if (type.endsWith(']')) return 'other';
  if (integers.test(type)) return 'integer';
  if (decimals.test(type)) return 'decimal';
  if (texts.test(type)) return 'text';
  if (dates.test(type)) return 'date';
  if (type === 'BOOLEAN') return 'boolean';
  return type === 'UUID' ? 'uuid' : 'other';
}

export function isNumber(kind: TypeKind): boolean {
  return kind === 'integer' || kind === 'decimal';
}
