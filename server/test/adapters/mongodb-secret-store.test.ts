import { secretStoreContract } from '../contracts/secret-store-contract.ts';
import { mongoAccounts } from '../support/mongo-accounts.ts';
import { describeOnMongo } from '../support/mongo-backend.ts';

describeOnMongo(() => secretStoreContract('MongoDB', mongoAccounts));
