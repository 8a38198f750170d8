import { z } from 'zod';
import { collectionName, text } from './common.ts';
import { endUserSchema } from './end-user.ts';

export const searchRequestSchema = z
  .strictObject({
    query: text(2_000).refine((value) => value.trim() !== '', 'must not be empty'),
    collections: z.array(collectionName).min(1).max(100).optional().describe('Absent: all that the token may use.'),
    limit: z.int().min(1).max(50).default(10),
    act_as: endUserSchema.optional(),
  })
  .meta({ id: 'SearchRequest' });
export type SearchRequest = z.input<typeof searchRequestSchema>;

const legPositionSchema = z
  .object({ rank: z.int().min(1).describe('1 is best.'), score: z.number() })
  .nullable()
  .describe('null: this leg did not find it.');

export const foundPassageSchema = z
  .object({
    document: z.object({ id: z.string(), title: z.string(), revision: z.int() }),
    collection: z.string(),
    section: z.array(z.string()).describe('Headings above it, outermost first.'),
    page: z.int().nullable(),
    start: z.int().describe('UTF-16 offset into the text of the document.'),
    end: z.int(),
    text: z.string(),
    language: z.enum(['pt', 'en']),
    score: z.number().describe('Fused score; only its order means something.'),
    lexical: legPositionSchema,
    dense: legPositionSchema,
    coverage: z.number().min(0).max(1).describe('Share of the words of the query found in it, weighted by rarity.'),
  })
  .meta({ id: 'FoundPassage' });
export type FoundPassage = z.infer<typeof foundPassageSchema>;

export const searchReplySchema = z
  .object({
    passages: z.array(foundPassageSchema).describe('Best first.'),
    degraded: z.string().nullable().describe('Why a part of the search is missing, such as "no embedding model".'),
  })
  .meta({ id: 'SearchReply' });
export type SearchReply = z.infer<typeof searchReplySchema>;
