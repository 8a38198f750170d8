import { createMongoAuditLog } from '../../src/db/mongodb/mongo-audit-log.ts';
import { auditLogContract } from '../contracts/audit-log-contract.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';

describeOnMongo(() => {
  auditLogContract('MongoDB', { openPair: () => mongoPair(createMongoAuditLog) });
});
