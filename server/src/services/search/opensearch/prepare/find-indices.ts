import { baseFields, type IndexMeta } from './index-body.ts';
import type { IndexAccess } from '../index-access.ts';

/** An OpenSearch index that has the name or an alias of an index of this installation. */
export interface FoundIndex {
  name: string;
  /** Undefined for a name that this service does not give. */
  version: number | undefined;
  aliases: ReadonlySet<string>;
  /** Undefined when this service did not make it, or its mapping was changed. */
  meta: IndexMeta | undefined;
  /** Whether it is being filled from the one before. */
  isCopy: boolean;
}

type IndicesReply = Readonly<Record<string, { aliases: object; mappings: Mapping }>>;

interface Mapping {
  dynamic?: string;
  _meta?: Partial<IndexMeta>;
  properties?: Readonly<Record<string, { type?: string }>>;
}

export async function findIndices({ client, names }: IndexAccess): Promise<FoundIndex[]> {
  const found = await client.send<IndicesReply>({
    method: 'GET',
    path: `/${names.pattern},${names.read},${names.write}`,
    query: { ignore_unavailable: true, allow_no_indices: true },
  });
  return Object.entries(found).map(([name, { aliases, mappings }]) => {
    const version = names.versionOf(name);
    const carried = new Set(Object.keys(aliases));
    return {
      name,
      version,
      aliases: carried,
      meta: metaOf(mappings),
      isCopy: version !== undefined && carried.has(names.copy(version)),
    };
  });
}

function metaOf({ dynamic, _meta: meta, properties = {} }: Mapping): IndexMeta | undefined {
  const { mapping_version, vectors } = meta ?? {};
  if (mapping_version === undefined || vectors === undefined) return undefined;
  const isAsMade = Object.entries(baseFields).every(
    ([name, { type }]) => (properties[name]?.type ?? 'object') === type,
  );
  return dynamic === 'strict' && isAsMade ? { mapping_version, vectors } : undefined;
}
