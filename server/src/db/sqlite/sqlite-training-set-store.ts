import { AppError } from '../../errors/app-error.ts';
import type { TrainingPart, TrainingSet } from '../../models/training-set.ts';
import type { TrainingSetStore } from '../../ports/training-set-store.ts';
import { inParts, parsePart } from '../training-parts.ts';
import type { Database } from './database.ts';
import type { Row, Statement } from './statement.ts';

/** A set is a row, and its examples are rows of some of them each. The database belongs to whoever opened it. */
export function createSqliteTrainingSetStore(database: Database): TrainingSetStore {
  return {
    async add({ examples, ...set }) {
      const parts = inParts(examples);
      const added: TrainingSet = { ...set, examples: examples.length, parts: parts.length };
      const rows = parts.map((text, index) => insertPartText({ setId: set.id, number: index + 1, text }));
      await database.transaction([insertTrainingSet(added), ...rows]);
      return added;
    },
    async examples(id) {
      // A read is of one moment, so a set is never read while it is removed.
      const rows = await database.all(
        `select training_parts.examples from training_sets left join training_parts on set_id = id
          where id = ? order by number`,
        [id],
      );
      if (rows.length === 0) throw new AppError('not_found');
      return rows.flatMap(({ examples }) => (examples === null ? [] : parsePart(examples as string)));
    },
    async list() {
      return (await database.all('select * from training_sets order by id')).map(toTrainingSet);
    },
    async remove(id) {
      await database.run('delete from training_sets where id = ?', [id]);
    },
    // A set and its parts are there or not.
    async removeUnfinished() {},
  };
}

export function insertTrainingSet({ id, ownerId, examples, parts, createdAt }: TrainingSet): Statement {
  return {
    sql: 'insert into training_sets values (?, ?, ?, ?, ?)',
    values: [id, ownerId, examples, parts, createdAt.getTime()],
  };
}

export function toTrainingSet(row: Row): TrainingSet {
  return {
    id: row['id'] as string,
    ownerId: row['owner_id'] as string,
    examples: row['examples'] as number,
    parts: row['parts'] as number,
    createdAt: new Date(row['created_at'] as number),
  };
}

export function insertTrainingPart({ setId, number, examples }: TrainingPart): Statement {
  return insertPartText({ setId, number, text: JSON.stringify(examples) });
}

export function toTrainingPart(row: Row): TrainingPart {
  return {
    setId: row['set_id'] as string,
    number: row['number'] as number,
    examples: parsePart(row['examples'] as string),
  };
}

function insertPartText({ setId, number, text }: { setId: string; number: number; text: string }): Statement {
  return { sql: 'insert into training_parts values (?, ?, ?)', values: [setId, number, text] };
}
