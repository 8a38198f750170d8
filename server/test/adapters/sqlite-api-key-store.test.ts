import { apiKeyStoreContract } from '../contracts/api-key-store-contract.ts';
import { sqliteAccounts } from '../support/accounts.ts';

apiKeyStoreContract('SQLite', sqliteAccounts);
