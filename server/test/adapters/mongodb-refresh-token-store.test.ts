import { refreshTokenStoreContract } from '../contracts/refresh-token-store-contract.ts';
import { mongoAccounts } from '../support/mongo-accounts.ts';
import { describeOnMongo } from '../support/mongo-backend.ts';

describeOnMongo(() => refreshTokenStoreContract('MongoDB', mongoAccounts));
