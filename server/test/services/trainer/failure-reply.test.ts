import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import { told } from '../../../src/errors/told.ts';
import { failureReply } from '../../../src/services/trainer/local/failure-reply.ts';

describe('what a trainer process says of an error', () => {
  it.runIf(process.platform === 'linux')('is that the disk is full, when it is', async () => {
    const error: unknown = await writeFile('/dev/full', 'checkpoint').catch((thrown: unknown) => thrown);
    expect(failureReply(error)).toMatchObject({ type: 'failed', code: 'disk_full' });
  });

  it('is its own code and detail, when it has them', () => {
    const error = new AppError('training_failed', { detail: told`The loss is no number.` });
    expect(failureReply(error)).toMatchObject({ code: 'training_failed', detail: error.told });
  });

  it('keeps words of the system for the log', () => {
    const reply = failureReply(new Error('/secret/path is gone'));
    expect(reply).toMatchObject({ code: 'training_failed', cause: expect.stringContaining('/secret/path') });
    expect(reply).toMatchObject({ detail: told`The trainer had a fault; see the log.` });
  });
});
