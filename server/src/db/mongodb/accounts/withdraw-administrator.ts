import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from 'mongodb';
import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import { accountCollections, type AccountCollections, type WithdrawalRecord } from './account-records.ts';
import { ignoreDuplicateKey } from '../errors.ts';

const mostAttempts = 50;
const longestPauseMs = 40;

/**
 * Makes an administrator who can log in stop being one, so that another one is left, without a transaction. Who
 * withdraws somebody takes a ticket, in one record that counts them, after it
 *
 * 1. made the holder of the ticket before too late, by noting that ticket in the user it was to withdraw, and
 * 2. saw another administrator, whom then nobody with an earlier ticket can withdraw any more.
 *
 * `apply` makes the change in the one record of the user, if a ticket as late as its own is not noted there; what it
 * gives is null when that was so, and all is tried again. A crash after any step leaves an administrator too many, at
 * most. Resolves to null when nobody has that id; rejects with `conflict` for the last administrator.
 */
export async function withdrawAdministrator<T>(
  database: Db,
  id: string,
  apply: (ticket: number) => Promise<T | null>,
): Promise<T | null> {
  const collections = accountCollections(database);
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const last = await lastTicket(collections);
    await makeTooLate(collections, last);
    const others = { _id: { $ne: id }, role: 'admin', disabled: false } as const;
    const [user, other] = [await collections.users.findOne({ _id: id }), await collections.users.findOne(others)];
    if (user === null) return null;
    if (other === null) throw isLast();
    if (await takeTicket(collections, { ticket: last.ticket, id })) {
      const applied = await apply(last.ticket + 1);
      if (applied !== null) return applied;
    }
    // Those who meet here would meet again.
    await delay(Math.random() * longestPauseMs);
  }
  throw new AppError('conflict', { detail: told`Many administrators are changed at this moment: try again.` });
}

async function lastTicket({ withdrawals }: AccountCollections): Promise<WithdrawalRecord> {
  const first: WithdrawalRecord = { _id: 'administrators', ticket: 0, userId: null };
  const found = await withdrawals.findOne({ _id: 'administrators' });
  if (found !== null) return found;
  await withdrawals.insertOne(first).catch(ignoreDuplicateKey);
  return (await withdrawals.findOne({ _id: 'administrators' })) ?? first;
}

async function makeTooLate({ users }: AccountCollections, { ticket, userId }: WithdrawalRecord): Promise<void> {
  if (userId === null) return;
  await users.updateOne({ _id: userId, withdrawal: { $lt: ticket } }, { $set: { withdrawal: ticket } });
}

async function takeTicket(
  { withdrawals }: AccountCollections,
  { ticket, id }: { ticket: number; id: string },
): Promise<boolean> {
  const { matchedCount } = await withdrawals.updateOne(
    { _id: 'administrators', ticket },
    { $set: { ticket: ticket + 1, userId: id } },
  );
  return matchedCount === 1;
}

function isLast(): AppError {
  return new AppError('conflict', { detail: told`This is the last administrator: make somebody else one first.` });
}
