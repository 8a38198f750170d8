import type { LoadedTable } from '../../../models/table.ts';
import { allowedFunctions, allowedNodes, allowedTypes, namesOfValues } from './allowed-sql.ts';
import { denied } from './denied.ts';
import { told } from '../../../errors/told.ts';

/**
 * Walks through the tree of a statement as the engine gives it, and throws `sql_denied` at the first thing that is not on
 * a list. What is not known is not on a list.
 */
export function checkTree(tree: unknown, tables: readonly LoadedTable[]): void {
  checkNode(tree, {
    tables: lowerCase(tables),
    columns: lowerCase(tables.flatMap(({ columns }) => columns)),
  });
}

/** In lower case, for SQL does not tell letters by case. */
interface Names {
  tables: ReadonlySet<string>;
  columns: ReadonlySet<string>;
}
type TreeNode = Readonly<Record<string, unknown>>;

function checkNode(node: unknown, names: Names): void {
  if (Array.isArray(node)) {
    for (const member of node) checkNode(member, names);
    return;
  }
  if (!isTreeNode(node)) return;
  // A constant holds a value and its type, neither of which is a part of the statement.
  checkType(node);
  if (node['type'] === 'VALUE_CONSTANT') return;
  if (node['type'] === 'BASE_TABLE') checkTable(node, names);
  if (node['type'] === 'COLUMN_REF') checkColumn(node, names);
  if ('function_name' in node) checkFunction(node);
  if ('cast_type' in node) checkCast(node['cast_type']);
  if ((node['sample'] ?? null) !== null) throw denied(told`A sample is another one each time, so it is not allowed.`);
  const inside = isTreeNode(node['cte_map']) ? checkNamedQueries(node['cte_map'], names) : names;
  for (const [key, member] of Object.entries(node)) if (!checkedApart.has(key)) checkNode(member, inside);
}

const checkedApart: ReadonlySet<string> = new Set(['cte_map', 'cast_type']);

function checkType({ type }: TreeNode): void {
  if (typeof type === 'string' && !allowedNodes.has(type)) throw denied(told`${type} is not allowed.`);
}

/** Only by their own names: with a schema in front, a name can be one of the engine's own tables. */
function checkTable(node: TreeNode, { tables }: Names): void {
  const name = String(node['table_name']);
  const isPlain = node['schema_name'] === '' && node['catalog_name'] === '' && node['at_clause'] === null;
  if (!isPlain || !tables.has(name.toLowerCase())) {
    throw denied(told`There is no table "${name.slice(0, 100)}" here; there are ${[...tables].join(', ')}.`);
  }
}

function checkColumn(node: TreeNode, { columns }: Names): void {
  const [name, ...inside] = Array.isArray(node['column_names']) ? node['column_names'].map(String) : [];
  if (name === undefined || inside.length > 0 || columns.has(name.toLowerCase())) return;
  if (namesOfValues.has(name.toLowerCase())) throw denied(told`"${name}" is not allowed: it is no column.`);
}

function checkFunction(node: TreeNode): void {
  const name = String(node['function_name']);
  // Where SQL has words of its own, as EXTRACT and TRIM, the engine names the schema of the function.
  const isOfEngine =
    ['', 'main', 'pg_catalog'].includes(String(node['schema'])) && ['', 'system'].includes(String(node['catalog']));
  if (!isOfEngine || !allowedFunctions.has(name.toLowerCase())) {
    throw denied(told`The function "${name.slice(0, 100)}" is not allowed.`);
  }
}

/** Of the types on the list, only decimals are told more of: how many digits they have. */
function checkCast(type: unknown): void {
  const { id, type_info: info }: TreeNode = isTreeNode(type) ? type : {};
  const isPlain = info === null || (isTreeNode(info) && info['type'] === 'DECIMAL_TYPE_INFO');
  if (typeof id === 'string' && isPlain && allowedTypes.has(id)) return;
  const name = isTreeNode(info) && typeof info['name'] === 'string' ? info['name'] : String(id);
  throw denied(told`The type "${name.slice(0, 100)}" is not allowed.`);
}

/** Each sees those before it, and not itself: there its name would be that of another table. */
function checkNamedQueries(map: TreeNode, names: Names): Names {
  const tables = new Set(names.tables);
  const seen = { ...names, tables };
  for (const entry of Array.isArray(map['map']) ? map['map'] : []) {
    if (!isTreeNode(entry)) throw denied(told`A WITH clause could not be read.`);
    checkNode(entry['value'], seen);
    tables.add(String(entry['key']).toLowerCase());
  }
  return seen;
}

function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lowerCase(named: readonly { name: string }[]): ReadonlySet<string> {
  return new Set(named.map(({ name }) => name.toLowerCase()));
}
