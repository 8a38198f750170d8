import { userStoreContract } from '../contracts/user-store-contract.ts';
import { mongoAccounts } from '../support/mongo-accounts.ts';
import { describeOnMongo } from '../support/mongo-backend.ts';

describeOnMongo(() => userStoreContract('MongoDB', mongoAccounts));
