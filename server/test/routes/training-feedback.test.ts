import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/models/conversation.ts';
import { openDocumentApp, type DocumentApp } from '../support/document-app.ts';
import { sampleAnswer } from '../support/sample-answer.ts';

const owner = 'usr_ana';
const examples = Array.from({ length: 8 }, (_, index) => ({
  prompt: `Pergunta ${index}?`,
  completion: `Resposta ${index}.`,
}));
let service: DocumentApp;
beforeAll(async () => {
  service = await openDocumentApp({ training: {} });
  const at = new Date();
  const message: Omit<Message, 'id' | 'role' | 'text'> = { createdAt: at, rewritten: null, answer: null };
  for (const name of ['good', 'wrong', 'unrated']) {
    const answer = sampleAnswer({ id: `ans_${name}` });
    await service.trained.conversations.create(
      { id: `con_${name}`, ownerId: owner, endUser: null, keyId: null, title: name, createdAt: at, updatedAt: at },
      {
        question: { ...message, id: `msg_${name}`, role: 'user', text: `E o prazo ${name}?` },
        answer: { ...message, id: `ans_${name}`, role: 'assistant', text: answer.text, answer },
      },
    );
  }
});
afterAll(() => service[Symbol.asyncDispose]());

function rate(name: string, feedback: object): ReturnType<DocumentApp['call']> {
  const json = { message_id: `ans_${name}`, ...feedback };
  return service.call('POST', `/conversations/con_${name}/feedback`, { json });
}

describe('training with feedback', () => {
  it('learns answers that were found good, and what others were corrected to, and nothing that nobody rated', async () => {
    expect((await rate('good', { rating: 'up' })).statusCode).toBe(204);
    expect((await rate('wrong', { rating: 'down', correction: 'São 15 dias desde maio.' })).statusCode).toBe(204);
    const headers = { prefer: 'wait=60' };
    const reply = await service.call('POST', '/training/train', { json: { examples, from_feedback: true }, headers });
    expect(reply.json()).toMatchObject({ status: 'succeeded', result: { examples: 10 } });
    const { training = [], validation = [] } = service.trained.trainer.runs[0]?.run ?? {};
    const learned = [...training, ...validation].map(({ example: { prompt, answer } }) => [
      prompt.at(-1)?.text,
      answer,
    ]);
    expect(learned).toContainEqual(['E o prazo wrong?', 'São 15 dias desde maio.']);
    expect(learned).toContainEqual([
      expect.stringMatching(/Pergunta: E o prazo good\?$/),
      'O prazo para Manaus é de 12 dias úteis. [1]',
    ]);
    expect(JSON.stringify(learned)).not.toContain('unrated');
  });
});
