import { userStoreContract } from '../contracts/user-store-contract.ts';
import { sqliteAccounts } from '../support/accounts.ts';

userStoreContract('SQLite', sqliteAccounts);
