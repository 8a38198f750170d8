import { apiKeyStoreContract } from '../contracts/api-key-store-contract.ts';
import { mongoAccounts } from '../support/mongo-accounts.ts';
import { describeOnMongo } from '../support/mongo-backend.ts';

describeOnMongo(() => apiKeyStoreContract('MongoDB', mongoAccounts));
