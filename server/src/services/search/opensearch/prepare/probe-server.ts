import type { IndexAccess } from '../index-access.ts';
import { needsWork, notOpenSearch } from '../rest/translate-errors.ts';
import { told } from '../../../../errors/told.ts';

export interface ServerAbilities {
  /** Whether it has the k-NN plugin. */
  keepsVectors: boolean;
}

interface Greeting {
  version?: { distribution?: string; number?: string };
}

const oldest = { major: 2, minor: 19 };

/** Rejects with `part_unavailable` when the server is no OpenSearch, or too old. */
export async function probeServer({ client }: Pick<IndexAccess, 'client'>): Promise<ServerAbilities> {
  const { version } = await client.send<Greeting>({ method: 'GET', path: '/' });
  if (version?.distribution !== 'opensearch' || version.number === undefined) throw notOpenSearch();
  const [major = 0, minor = 0] = version.number.split('.').map(Number);
  if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
    throw needsWork(
      told`OpenSearch ${version.number} is too old; ${oldest.major}.${oldest.minor} or a newer one is needed.`,
    );
  }
  const plugins = await client.send<{ component: string }[]>({
    method: 'GET',
    path: '/_cat/plugins',
    query: { format: 'json', h: 'component' },
  });
  return { keepsVectors: plugins.some(({ component }) => isVectorPlugin(component)) };
}

/** A node that has its plugins on the class path calls them by their classes. */
const isVectorPlugin = (component: string): boolean =>
  component === 'opensearch-knn' || component === 'org.opensearch.knn.plugin.KNNPlugin';
