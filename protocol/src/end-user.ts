import { z } from 'zod';
import { text } from './common.ts';

/** The person a backend acts for; the token needs the scope `act_as`. Only what this person may see counts then. */
export const endUserSchema = z
  .strictObject({ user: text(64).min(1), groups: z.array(text(64).min(1)).max(100).default([]) })
  .meta({ id: 'EndUser' });
export type EndUser = z.input<typeof endUserSchema>;
