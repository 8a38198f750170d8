import type { Db } from 'mongodb';

export async function accounts(database: Db): Promise<void> {
  await database.collection('users').createIndexes([
    { name: 'by_username', key: { usernameLower: 1 }, unique: true },
    { name: 'by_creation', key: { createdAt: 1, _id: 1 } },
    { name: 'by_role', key: { role: 1, disabled: 1 } },
  ]);
  await database.collection('api_keys').createIndexes([
    { name: 'by_creation', key: { createdAt: -1, _id: -1 } },
    { name: 'by_user', key: { userId: 1, createdAt: -1, _id: -1 } },
  ]);
  await database.collection('logins').createIndexes([
    { name: 'by_user', key: { userId: 1 } },
    { name: 'by_expiry', key: { expiresAt: 1 } },
  ]);
  await database.collection('refresh_tokens').createIndexes([
    { name: 'by_hash', key: { hash: 1 }, unique: true },
    { name: 'by_family', key: { familyId: 1 } },
    { name: 'by_user', key: { userId: 1 } },
    { name: 'by_expiry', key: { expiresAt: 1 } },
  ]);
}
