import { scopes, type Scope } from '../../models/principal.ts';
import type { Role } from '../../models/user.ts';

/**
 * What a login may do. Members ask and add documents; training changes what everybody is answered, insights read whole
 * data sets and `act_as` speaks for other people, so these need an administrator, or a key that one gave.
 */
export const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  admin: scopes,
  member: ['ask', 'ingest'],
};
