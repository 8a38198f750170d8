import { describe, expect, it } from 'vitest';
import { createAuditTrail, type Deed } from '../../../src/core/audit/audit-trail.ts';
import { notePublications } from '../../../src/core/audit/note-publications.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import type { AuditEntry } from '../../../src/models/audit-entry.ts';
import { sampleVersion } from '../../support/sample-training.ts';

const deed: Deed = {
  actor: { userId: 'usr_1', username: 'ana', keyId: null },
  action: 'document.delete',
  subject: 'doc_1',
  outcome: 'ok',
  address: null,
  requestId: null,
};

function openTrail({ append }: { append?: () => Promise<void> } = {}) {
  const kept: AuditEntry[] = [];
  const failures: unknown[] = [];
  const trail = createAuditTrail({
    audit: {
      append: append ?? (async (entry) => void kept.push(entry)),
      list: async () => ({ items: kept, next: null }),
      removeBefore: async () => undefined,
    },
    users: { findByUsername: async () => undefined },
    now: () => new Date(5000),
    onError: (error) => void failures.push(error),
  });
  return { trail, kept, failures };
}

describe('the audit trail', () => {
  it('reports what could not be noted, and fails nothing', async () => {
    const lost = new AppError('storage_failed');
    const { trail, failures } = openTrail({ append: () => Promise.reject(lost) });
    await expect(trail.note(deed)).resolves.toBeUndefined();
    expect(failures).toEqual([lost]);
  });

  it('is closed when everything is noted', async () => {
    let resolve = (): void => undefined;
    const appended = new Promise<void>((done) => (resolve = done));
    const { trail } = openTrail({ append: () => appended });
    let closed = false;
    void trail.note(deed);
    const closing = trail[Symbol.asyncDispose]().then(() => (closed = true));
    await new Promise(setImmediate);
    expect(closed).toBe(false);
    resolve();
    await closing;
  });

  it('notes every deed that succeeded, also the same one again', async () => {
    const { trail, kept } = openTrail();
    await trail.note(deed);
    await trail.note(deed);
    expect(kept).toMatchObject([deed, deed]);
    expect(new Set(kept.map(({ id }) => id)).size).toBe(2);
  });

  it('keeps of names what every store takes', async () => {
    const { trail, kept } = openTrail();
    await trail.note({ ...deed, subject: `\0a\uD800${'x'.repeat(500)}` });
    expect(kept[0]?.subject).toBe(`a\uFFFD${'x'.repeat(197)}`);
  });

  it('tells failures of different people apart', async () => {
    const { trail, kept } = openTrail();
    for (const userId of ['usr_1', 'usr_2', 'usr_1']) {
      await trail.note({ ...deed, actor: { userId, username: 'x', keyId: null }, outcome: 'refused' });
    }
    expect(kept.map(({ actor }) => actor?.userId)).toEqual(['usr_1', 'usr_2']);
  });

  it('tells of a version that the service published by itself, when it answers', async () => {
    const { trail, kept } = openTrail();
    const answers = [true, false];
    const publications = notePublications(
      {
        find: () => expect.unreachable(),
        rollBack: () => expect.unreachable(),
        publish: async () => answers.shift() === true,
      },
      trail,
    );
    expect(await publications.publish(sampleVersion('ver_1'), { userId: 'usr_1' })).toBe(true);
    expect(await publications.publish(sampleVersion('ver_2'), { userId: 'usr_1' })).toBe(false);
    expect(kept).toMatchObject([{ action: 'training.publish', subject: 'ver_1', actor: null, outcome: 'ok' }]);
  });
});
