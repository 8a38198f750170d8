import { expect } from 'vitest';
import type { ResponseStore, StoredResponse } from '../../src/ports/response-store.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';

export interface ResponseStoreHarness {
  deviations?: readonly Deviation[];
  /** Two clients of one new and empty backend. */
  openPair(): Promise<AsyncDisposable & { first: ResponseStore; second: ResponseStore }>;
}

const response: StoredResponse = {
  id: 'resp_1',
  ownerId: 'usr_ana',
  conversation: 'resp_0',
  messages: [
    { role: 'user', text: 'Olá — ação', images: ['aGk='] },
    {
      role: 'assistant',
      text: '',
      thinking: 'Hm',
      toolCalls: [{ id: 'call_1', name: 'f', arguments: { n: 1 } }],
    },
    { role: 'tool', text: '30', toolCallId: 'call_1', toolName: 'f' },
  ],
  body: { id: 'resp_1', output: [{ type: 'message' }], usage: null },
  createdAt: new Date('2026-01-02T03:04:05Z'),
};

export const responseStoreContract = defineContract<ResponseStoreHarness>(
  'response store',
  (contract, { openPair }) => {
    contract('gives back what was saved, to every client', async () => {
      await using pair = await openPair();
      await pair.first.save(response);
      expect(await pair.first.find('resp_1', 'usr_ana')).toEqual(response);
      expect(await pair.second.find('resp_1', 'usr_ana')).toEqual(response);
    });

    contract('shows and deletes nothing of somebody else', async () => {
      await using pair = await openPair();
      await pair.first.save(response);
      expect(await pair.first.find('resp_1', 'usr_bia')).toBeUndefined();
      expect(await pair.first.delete('resp_1', 'usr_bia')).toBe(false);
      expect(await pair.first.find('resp_1', 'usr_ana')).toEqual(response);
    });

    contract('deletes one response and keeps the others', async () => {
      await using pair = await openPair();
      await pair.first.save(response);
      await pair.first.save({ ...response, id: 'resp_2' });
      expect(await pair.first.delete('resp_1', 'usr_ana')).toBe(true);
      expect(await pair.first.delete('resp_1', 'usr_ana')).toBe(false);
      expect(await pair.first.find('resp_1', 'usr_ana')).toBeUndefined();
      expect(await pair.first.find('resp_2', 'usr_ana')).toBeDefined();
    });

    contract('deletes what was created before a time, and nothing else', async () => {
      await using pair = await openPair();
      await pair.first.save(response);
      await pair.first.save({ ...response, id: 'resp_2', createdAt: new Date(response.createdAt.getTime() - 1) });
      await pair.first.deleteExpired(response.createdAt);
      expect(await pair.first.find('resp_2', 'usr_ana')).toBeUndefined();
      expect(await pair.first.find('resp_1', 'usr_ana')).toBeDefined();
    });
  },
);
