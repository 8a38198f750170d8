import { secretStoreContract } from '../contracts/secret-store-contract.ts';
import { sqliteAccounts } from '../support/accounts.ts';

secretStoreContract('SQLite', sqliteAccounts);
