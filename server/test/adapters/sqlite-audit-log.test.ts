import { createSqliteAuditLog } from '../../src/db/sqlite/sqlite-audit-log.ts';
import { auditLogContract } from '../contracts/audit-log-contract.ts';
import { sqlitePair } from '../support/sqlite-backend.ts';

auditLogContract('SQLite', { openPair: () => sqlitePair(createSqliteAuditLog) });
