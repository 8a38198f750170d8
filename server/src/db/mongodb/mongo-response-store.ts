import type { Binary, Collection, Db } from 'mongodb';
import type { ResponseStore, StoredResponse } from '../../ports/response-store.ts';
import type { MongoConnection } from './connection.ts';
import { splitContent } from './content-parts.ts';
import { sweepTime } from './sweep-time.ts';

/** Longer than responses can be gone on from. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

type Content = Pick<StoredResponse, 'messages' | 'body'>;

/** The content is JSON in UTF-8: MongoDB does not keep every key and every number as it is. With images it may be large. */
interface ResponseRecord extends Omit<StoredResponse, 'id' | keyof Content> {
  _id: string;
  content: Binary;
  /** How many records of `response_parts` hold the rest. */
  moreParts: number;
  sweepAt?: Date;
}

interface PartRecord {
  /** The id of the response and the number of the part: `resp_1/0`. */
  _id: string;
  createdAt: Date;
  content: Binary;
  sweepAt?: Date;
}

interface ResponseCollections {
  responses: Collection<ResponseRecord>;
  parts: Collection<PartRecord>;
}

/**
 * Responses in collections of their own. Parts are stored before the record that makes them visible, and removed after
 * it; those that a crash leaves go when their time is over. The connection belongs to whoever opened it.
 */
export function createMongoResponseStore(connection: MongoConnection): ResponseStore {
  const withResponses = <T>(work: (collections: ResponseCollections) => Promise<T>): Promise<T> =>
    connection.run((database) => work(collectionsOf(database)));

  return {
    async save({ id, ownerId, conversation, messages, body, createdAt }) {
      const [content, ...rest] = splitContent(Buffer.from(JSON.stringify({ messages, body } satisfies Content)));
      const sweepAt = sweepTime(createdAt.getTime() + keptMs);
      await withResponses(async ({ responses, parts }) => {
        for (const [index, part] of rest.entries()) {
          const record = { createdAt, content: part, sweepAt };
          await parts.replaceOne({ _id: partId(id, index) }, record, { upsert: true });
        }
        await responses.insertOne({
          _id: id,
          ownerId,
          conversation,
          createdAt,
          content,
          moreParts: rest.length,
          sweepAt,
        });
      });
    },
    async find(id, ownerId) {
      return withResponses(async ({ responses, parts }) => {
        const record = await responses.findOne({ _id: id, ownerId });
        if (record === null) return undefined;
        const rest = await Promise.all(partIds(id, record.moreParts).map((_id) => parts.findOne({ _id })));
        // Deleted at this moment.
        if (rest.includes(null)) return undefined;
        return toResponse(
          record,
          [record, ...rest].map((part) => part!.content.value()),
        );
      });
    },
    async delete(id, ownerId) {
      return withResponses(async ({ responses, parts }) => {
        const deleted = await responses.findOneAndDelete({ _id: id, ownerId });
        if (deleted !== null) await parts.deleteMany({ _id: { $in: partIds(id, deleted.moreParts) } });
        return deleted !== null;
      });
    },
    async deleteExpired(createdBefore) {
      await withResponses(async ({ responses, parts }) => {
        const expired = { createdAt: { $lt: createdBefore } };
        await responses.deleteMany(expired);
        await parts.deleteMany(expired);
      });
    },
  };
}

function collectionsOf(database: Db): ResponseCollections {
  return { responses: database.collection('responses'), parts: database.collection('response_parts') };
}

function partIds(id: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => partId(id, index));
}

function partId(id: string, index: number): string {
  return `${id}/${index}`;
}

function toResponse(
  { _id: id, ownerId, conversation, createdAt }: ResponseRecord,
  parts: Uint8Array[],
): StoredResponse {
  const { messages, body } = JSON.parse(Buffer.concat(parts).toString()) as Content;
  return { id, ownerId, conversation, messages, body, createdAt };
}
