import { describe, expect, it } from 'vitest';
import { examplesAbout, openTrainingMachine, trained } from '../../support/training-setup.ts';

describe('an adapter that the gate rejects', () => {
  it('is tried with less of it, and answers when that is accepted', async () => {
    await using machine = await openTrainingMachine();
    const measured: (string | undefined)[] = [];
    await using service = await machine.start({
      beforeMeasure: ({ adapter }) => void measured.push(adapter),
      judge: () => ({ accepted: measured.length === 3, checks: [] }),
    });
    const job = await trained(service, examplesAbout('Zirva'));
    expect(job).toMatchObject({ status: 'succeeded', result: { accepted: true, published: true } });
    const [base, whole, weaker] = measured;
    expect([base, measured.length]).toEqual([undefined, 3]);
    expect(weaker).not.toBe(whole);
    const { inForce } = service.ports.versions;
    const { versionId } = (await inForce('nano'))!;
    expect(await service.ports.versions.find(versionId!)).toMatchObject({ adapter: weaker });
  });

  it('is kept as it was trained when none is accepted', async () => {
    await using machine = await openTrainingMachine();
    const measured: (string | undefined)[] = [];
    await using service = await machine.start({
      beforeMeasure: ({ adapter }) => void measured.push(adapter),
      judge: () => ({ accepted: false, checks: [] }),
    });
    const job = await trained(service, examplesAbout('Zirva'));
    expect(job).toMatchObject({ status: 'rejected' });
    expect(measured).toHaveLength(4);
    const version = await service.ports.versions.find(String(job.result?.['version']));
    expect(version).toMatchObject({ adapter: measured[1] });
  });
});
