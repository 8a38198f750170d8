import type { Collection, Db } from 'mongodb';
import { AppError } from '../../errors/app-error.ts';
import type { TrainingPart, TrainingSet } from '../../models/training-set.ts';
import type { TrainingSetStore } from '../../ports/training-set-store.ts';
import { inParts, parsePart } from '../training-parts.ts';
import type { MongoConnection } from './connection.ts';

export interface TrainingSetRecord extends Omit<TrainingSet, 'id'> {
  _id: string;
}

/** Examples are JSON: MongoDB does not keep every text and every key as it is. */
export interface TrainingPartRecord extends Omit<TrainingPart, 'examples'> {
  /** Of the set and the number, in whose order they are read. */
  _id: string;
  examples: string;
  createdAt: Date;
}

/**
 * Sets in a collection, their examples in another. Parts are stored before the set that makes them visible, and removed
 * after it; what a crash leaves of them goes with `removeUnfinished`. The connection belongs to whoever opened it.
 */
export function createMongoTrainingSetStore(connection: MongoConnection): TrainingSetStore {
  const withSets = <T>(work: (collections: TrainingCollections) => Promise<T>): Promise<T> =>
    connection.run((database) => work(collectionsOf(database)));

  return {
    async add({ examples, ...set }) {
      const parts = inParts(examples);
      const added: TrainingSet = { ...set, examples: examples.length, parts: parts.length };
      const records = parts.map((text, index) =>
        partRecord({ setId: set.id, number: index + 1, text, createdAt: set.createdAt }),
      );
      await withSets(async (collections) => {
        for (const record of records) await collections.parts.insertOne(record);
        await collections.sets.insertOne(toTrainingSetRecord(added));
      });
      return added;
    },
    async examples(id) {
      return withSets(async ({ sets, parts }) => {
        const set = await sets.findOne({ _id: id });
        const records = await parts.find({ setId: id }).sort({ number: 1 }).toArray();
        // A set may be removed while it is read.
        if (set?.parts !== records.length) throw new AppError('not_found');
        return records.flatMap(({ examples }) => parsePart(examples));
      });
    },
    async list() {
      return (await withSets(({ sets }) => sets.find().sort({ _id: 1 }).toArray())).map(toTrainingSet);
    },
    async remove(id) {
      await withSets(async ({ sets, parts }) => {
        await sets.deleteOne({ _id: id });
        await parts.deleteMany({ setId: id });
      });
    },
    async removeUnfinished(before) {
      await withSets(async ({ sets, parts }) => {
        const begun = await parts.distinct('setId', { createdAt: { $lt: before } });
        const whole = await sets.distinct('_id', { _id: { $in: begun } });
        const unfinished = begun.filter((id) => !whole.includes(id));
        await parts.deleteMany({ setId: { $in: unfinished } });
      });
    },
  };
}

interface TrainingCollections {
  sets: Collection<TrainingSetRecord>;
  parts: Collection<TrainingPartRecord>;
}

function collectionsOf(database: Db): TrainingCollections {
  return { sets: database.collection('training_sets'), parts: database.collection('training_parts') };
}

export function toTrainingSet({ _id, ownerId, examples, parts, createdAt }: TrainingSetRecord): TrainingSet {
  return { id: _id, ownerId, examples, parts, createdAt };
}

export function toTrainingSetRecord({ id, ...set }: TrainingSet): TrainingSetRecord {
  return { ...set, _id: id };
}

export function toTrainingPart({ setId, number, examples }: TrainingPartRecord): TrainingPart {
  return { setId, number, examples: parsePart(examples) };
}

/** A part of a copy: its set is there, so nobody asks when it was written. */
export function toTrainingPartRecord({ setId, number, examples }: TrainingPart): TrainingPartRecord {
  return partRecord({ setId, number, text: JSON.stringify(examples), createdAt: new Date(0) });
}

const digitsOfNumber = 6;

function partRecord(part: { setId: string; number: number; text: string; createdAt: Date }): TrainingPartRecord {
  const { setId, number, text, createdAt } = part;
  const _id = `${setId}/${String(number).padStart(digitsOfNumber, '0')}`;
  return { _id, setId, number, examples: text, createdAt };
}
