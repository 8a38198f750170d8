import { z } from 'zod';
import { verbatim, type Told } from './told.ts';

/** For what comes from elsewhere. */
export const toldSchema: z.ZodType<Told> = z.strictObject({
  template: z.string(),
  values: z.array(z.union([z.string(), z.number(), z.lazy(() => toldSchema)])),
});

/** As backups hold it: those of earlier versions have a sentence in English, which stays what it is. */
export const keptToldSchema: z.ZodType<Told> = z.union([toldSchema, z.string().transform(verbatim)]);
