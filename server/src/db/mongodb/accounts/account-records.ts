import type { Collection, Db } from 'mongodb';
import type { ApiKey } from '../../../models/api-key.ts';
import type { RefreshToken } from '../../../models/refresh-token.ts';
import type { User } from '../../../models/user.ts';

export interface UserRecord extends Omit<User, 'id' | 'groups'> {
  _id: string;
  groups: string[];
  usernameLower: string;
  /** The last ticket by which the user was to stop being an administrator: see `withdraw-administrator.ts`. */
  withdrawal: number;
}

export interface ApiKeyRecord extends Omit<ApiKey, 'id'> {
  _id: string;
}

/** One login. Its tokens are good as long as this is there. */
export interface LoginRecord {
  _id: string;
  userId: string;
  expiresAt: Date;
  sweepAt?: Date;
}

/** A token under the name of the one that it came from, so that only one can come from each. */
export interface RefreshTokenRecord extends RefreshToken {
  /** The hash of the predecessor, or a name of its own for the first token of a login. */
  _id: string;
  /** When the predecessor was used, by which this one was made. */
  madeAt: Date | null;
  sweepAt?: Date;
}

/** The one record by which administrators are withdrawn, one at a time. */
export interface WithdrawalRecord {
  _id: 'administrators';
  ticket: number;
  userId: string | null;
}

export interface AccountCollections {
  users: Collection<UserRecord>;
  withdrawals: Collection<WithdrawalRecord>;
  apiKeys: Collection<ApiKeyRecord>;
  logins: Collection<LoginRecord>;
  refreshTokens: Collection<RefreshTokenRecord>;
}

/** The collections of accounts, which refer to each other. */
export function accountCollections(database: Db): AccountCollections {
  return {
    users: database.collection('users'),
    withdrawals: database.collection('withdrawals'),
    apiKeys: database.collection('api_keys'),
    logins: database.collection('logins'),
    refreshTokens: database.collection('refresh_tokens'),
  };
}
