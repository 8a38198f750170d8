import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import { largerModel, member, messagesOf, scriptedModel, setUpAsk } from '../../support/ask-setup.ts';
import { answering, documents, question, sentence } from '../../support/deliveries.ts';

const everything = await setUpAsk({ documents });
afterAll(() => everything[Symbol.asyncDispose]());

describe('a conversation', () => {
  it('is made by the first question, and remembered', async () => {
    await using setup = await setUpAsk({ on: everything, reply: answering });
    const answer = await setup.answer(question);
    const id = answer.conversationId ?? '';
    expect(await setup.ports.conversations.find(id)).toMatchObject({ title: question, ownerId: member.userId });
    const messages = await setup.ports.conversations.messages(id, 10);
    expect(messages.map(({ role, text }) => [role, text])).toEqual([
      ['user', question],
      ['assistant', answer.text],
    ]);
    expect(messages[1]).toMatchObject({ id: answer.id, answer: { citations: [{ quote: sentence }] } });
  });

  it('lets a follow-up lean on the question before', async () => {
    const engine = scriptedModel(answering);
    await using setup = await setUpAsk({ on: everything, engine });
    const { conversationId } = await setup.answer('Qual é o prazo de entrega para o Sudeste?');
    const followUp = await setup.answer({ text: 'E para Manaus?', conversationId: conversationId ?? '' });
    expect(followUp.trace.rewrite).toEqual({ question: 'Qual é o prazo de entrega para Manaus?', by: 'rules' });
    expect(followUp.citations[0]?.quote).toBe(sentence);
    expect(messagesOf(engine.requests[1]).at(-1)?.text).toMatch(/Pergunta: Qual é o prazo de entrega para Manaus\?$/);
    const third = await setup.answer({ text: 'E para o Sudeste?', conversationId: conversationId ?? '' });
    expect(third.trace.rewrite?.question).toBe('Qual é o prazo de entrega para o Sudeste?');
  });

  it('is given no cached answer to the same words after another question, though nothing answered that one', async () => {
    await using setup = await setUpAsk({ on: everything, reply: answering });
    const rewritten: (string | undefined)[] = [];
    for (const city of ['Manaus', 'Recife']) {
      const unanswered = await setup.answer(`Qual é o valor do seguro para ${city}?`);
      expect(unanswered.answered).toBe(false);
      const followUp = { text: 'E o prazo?', conversationId: unanswered.conversationId ?? '' };
      rewritten.push((await setup.answer(followUp)).trace.rewrite?.question);
    }
    expect(rewritten).toEqual(['Qual é o prazo para Manaus?', 'Qual é o prazo para Recife?']);
  });

  it('leans on no greeting', async () => {
    await using setup = await setUpAsk({ on: everything, reply: answering });
    const { conversationId } = await setup.answer('Qual é o prazo de entrega para o Sudeste?');
    await setup.answer({ text: 'Obrigado!', conversationId: conversationId ?? '' });
    const followUp = await setup.answer({ text: 'E para Manaus?', conversationId: conversationId ?? '' });
    expect(followUp.trace.rewrite?.question).toBe(question);
  });

  it('asks a larger model for the rewrite, and gives it the turns before', async () => {
    const engine = scriptedModel((messages) => (messages[0]?.text.startsWith('Reescreva') ? [question] : answering()));
    await using setup = await setUpAsk({ on: everything, engine, model: largerModel });
    const { conversationId } = await setup.answer('Qual é o prazo de entrega para o Sudeste?');
    const followUp = await setup.answer({ text: 'E lá em Manaus?', conversationId: conversationId ?? '' });
    expect(followUp.trace.rewrite).toEqual({ question, by: 'model' });
    expect(messagesOf(engine.requests.at(-1)).map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(engine.requests[1]?.sampling).toMatchObject({ temperature: 0, maxTokens: 64 });
  });

  it('falls back on rules when the larger model cannot rewrite', async () => {
    const engine = scriptedModel((messages) =>
      messages[0]?.text.startsWith('Reescreva') ? new AppError('engine_failed') : answering(),
    );
    await using setup = await setUpAsk({ on: everything, engine, model: largerModel });
    const { conversationId } = await setup.answer('Qual é o prazo de entrega para o Sudeste?');
    const followUp = await setup.answer({ text: 'E para Manaus?', conversationId: conversationId ?? '' });
    expect(followUp.trace.rewrite?.by).toBe('rules');
  });

  it('is not found by a key confined to collections that did not begin it', async () => {
    await using setup = await setUpAsk({ on: everything, reply: answering });
    const { conversationId } = await setup.answer(question);
    const key = { ...member, keyId: 'key_1', collections: ['policies'] };
    const asked = (id: string | null | undefined) => ({ text: 'E para o Sudeste?', conversationId: id ?? '' });
    await expect(setup.answer(asked(conversationId), { principal: key })).rejects.toMatchObject({ code: 'not_found' });
    const own = await setup.answer(question, { principal: key });
    expect((await setup.answer(asked(own.conversationId), { principal: key })).conversationId).toBe(own.conversationId);
    const other = { ...key, keyId: 'key_2' };
    await expect(setup.answer(asked(own.conversationId), { principal: other })).rejects.toMatchObject({
      code: 'not_found',
    });
    // Whoever made the key sees what it was asked.
    expect((await setup.answer(asked(own.conversationId))).conversationId).toBe(own.conversationId);
  });

  it('is not found when it is somebody else’s, or another end user’s', async () => {
    await using setup = await setUpAsk({ on: everything, reply: answering });
    const backend = { ...member, scopes: ['ask', 'act_as'] as const };
    const actAs = { user: 'maria', groups: [] };
    const { conversationId } = await setup.answer({ text: question, actAs }, { principal: backend });
    const again = { text: question, conversationId: conversationId ?? '' };
    const attempts = [
      setup.answer(again, { principal: backend }),
      setup.answer({ ...again, actAs: { user: 'jose', groups: [] } }, { principal: backend }),
      setup.answer({ ...again, actAs }, { principal: { ...backend, userId: 'usr_2' } }),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
  });

  it('does not lose an answer that could not be stored', async () => {
    const conversations = {
      ...everything.ports.conversations,
      create: () => Promise.reject(new AppError('disk_full')),
    };
    await using setup = await setUpAsk({ on: everything, reply: answering, conversations });
    expect(await setup.answer(question)).toMatchObject({ answered: true, conversationId: null });
  });
});
