import { refreshTokenStoreContract } from '../contracts/refresh-token-store-contract.ts';
import { sqliteAccounts } from '../support/accounts.ts';

refreshTokenStoreContract('SQLite', sqliteAccounts);
