import type SqliteDatabase from 'libsql';
import type { PageStart } from '../../../models/document.ts';
import type { Language } from '../../../models/language.ts';
import type { PassageFilter } from '../../../models/passage-filter.ts';
import type { Passage } from '../../../models/passage.ts';
import type { IndexStatus } from '../../../ports/search-index.ts';
import { permits } from '../permits.ts';
import { parsePassageId, passageId } from '../../../models/passage-id.ts';
import { inSnapshot, type Statements } from './statements.ts';

export interface PassageReader {
  passages(request: { ids: readonly string[]; filter: PassageFilter }): Passage[];
  passagesWithoutEmbedding(request: { model: string; limit: number }): Passage[];
  status(): IndexStatus;
}

const columns = `p.id, d.document_id, d.revision, a.collection, a.readers, p.ordinal, p.start, p."end", p.page, p.page_breaks,
  p.language, p.title, p.section, p.text`;
const joined = 'passages p join documents d on d.id = p.document join access a on a.id = d.access';

type PassageRow = [
  id: number,
  documentId: string,
  revision: number,
  collection: string,
  readers: string,
  ordinal: number,
  start: number,
  end: number,
  page: number | null,
  pageBreaks: string,
  language: Language,
  title: string,
  section: string,
  text: string,
];

export function createPassageReader(database: SqliteDatabase.Database, { rows }: Statements): PassageReader {
  /** By model: every passage with a smaller id has its vector. Ids only grow, so this never becomes wrong. */
  const embeddedBelow = new Map<number, number>();

  const find = (id: string): PassageRow | undefined => {
    const { documentId, revision, ordinal } = parsePassageId(id);
    return rows<PassageRow>(
      `select ${columns} from documents d join access a on a.id = d.access
       join passages p on p.document = d.id and p.ordinal = ? where d.document_id = ? and d.revision = ?`,
      ordinal,
      documentId,
      revision,
    )[0];
  };

  return {
    passages: ({ ids, filter }) =>
      inSnapshot(database, () =>
        ids
          .map(find)
          .filter((found) => found !== undefined)
          .filter(([, , , collection, readers]) =>
            permits(filter, { collection, readers: JSON.parse(readers) as string[] }),
          )
          .map(toPassage),
      ),
    passagesWithoutEmbedding: ({ model, limit }) =>
      inSnapshot(database, () => {
        const [modelId] = rows<[number]>('select id from models where name = ?', model)[0] ?? [-1];
        const found = rows<PassageRow>(
          `select ${columns} from ${joined} where p.id >= ? and not exists
           (select 1 from vectors v where v.passage = p.id and v.model = ?) order by p.id limit ?`,
          embeddedBelow.get(modelId) ?? 0,
          modelId,
          limit,
        );
        const [next] = rows<[number]>('select next_passage from index_state')[0]!;
        embeddedBelow.set(modelId, found[0]?.[0] ?? next);
        return found.map(toPassage);
      }),
    status: () =>
      inSnapshot(database, () => {
        const [revision, passages] = rows<[number, number]>('select generation, passages from index_state')[0]!;
        const [documents] = rows<[number]>('select count(*) from documents')[0]!;
        const embeddings = rows<[string, number, number]>(
          'select name, dimensions, passages from models where passages > 0 order by name',
        ).map(([model, dimensions, count]) => ({ model, dimensions, passages: count }));
        return { documents, passages, revision, embeddings, vectorsUnavailable: null };
      }),
  };
}

function toPassage([, documentId, revision, collection, , ordinal, ...rest]: PassageRow): Passage {
  const [start, end, page, pageBreaks, language, title, section, text] = rest;
  return {
    id: passageId({ documentId, revision, ordinal }),
    documentId,
    revision,
    ordinal,
    collection,
    title,
    section: JSON.parse(section) as string[],
    text,
    start,
    end,
    page,
    pageBreaks: JSON.parse(pageBreaks) as PageStart[],
    language,
  };
}
