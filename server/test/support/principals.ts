import type { Principal } from '../../src/models/principal.ts';

/** A person who is logged in, belongs to no group and may ask. */
export const ana: Principal = {
  userId: 'usr_ana',
  username: 'ana',
  role: 'member',
  groups: [],
  scopes: ['ask'],
  keyId: null,
  collections: null,
  models: null,
  dialects: null,
  requestsPerMinute: null,
  tokensPerDay: null,
};
