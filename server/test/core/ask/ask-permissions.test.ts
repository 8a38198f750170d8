import { afterAll, describe, expect, it } from 'vitest';
import { member, scriptedModel, setUpAsk, wordByWord } from '../../support/ask-setup.ts';
import { documents } from '../../support/deliveries.ts';

describe('permissions', () => {
  const secret = 'O salário do presidente é de R$ 90.000,00.';
  const restricted = [
    ...documents,
    { id: 'doc_board', title: 'Salários', texts: [secret], collection: 'board', readers: ['group:diretoria'] },
    { id: 'doc_maria', title: 'Salários', texts: [secret], collection: 'board', readers: ['user:maria'] },
  ];
  const backend = { ...member, scopes: ['ask', 'act_as'] as const };
  const asked = 'Qual é o salário do presidente?';

  const shared = setUpAsk({ documents: restricted });
  afterAll(async () => (await shared)[Symbol.asyncDispose]());

  it.each([
    { who: 'a member', principal: member, sees: false },
    { who: 'a member of the group', principal: { ...member, groups: ['diretoria'] }, sees: true },
    { who: 'the person named', principal: { ...member, username: 'maria' }, sees: true },
    { who: 'an administrator', principal: { ...member, role: 'admin' as const }, sees: true },
    {
      who: 'a key for other collections',
      principal: { ...member, role: 'admin' as const, collections: ['policies'] },
      sees: false,
    },
    { who: 'a backend acting for nobody', principal: { ...backend }, sees: false },
    { who: 'a backend acting for maria', principal: backend, actAs: { user: 'maria', groups: [] }, sees: true },
    {
      who: 'a backend acting for the group',
      principal: backend,
      actAs: { user: 'x', groups: ['diretoria'] },
      sees: true,
    },
    { who: 'a backend acting for jose', principal: backend, actAs: { user: 'jose', groups: ['vendas'] }, sees: false },
    {
      who: 'an administrator acting for jose',
      principal: { ...backend, role: 'admin' as const },
      actAs: { user: 'jose', groups: [] },
      sees: false,
    },
  ])('$who sees the secret: $sees', async ({ principal, actAs, sees }) => {
    const engine = scriptedModel((messages) => wordByWord(messages.at(-1)?.text ?? ''));
    await using setup = await setUpAsk({ on: await shared, engine });
    const parts = await setup.parts({ text: asked, actAs }, { principal });
    const said = JSON.stringify([parts, engine.requests]);
    expect(said.includes('90.000')).toBe(sees);
    expect(parts.at(-1)).toMatchObject({ answer: { answered: sees } });
  });

  it('never gives the cached answer of one person to another', async () => {
    const engine = scriptedModel(() => wordByWord(`${secret} [1]`));
    await using setup = await setUpAsk({ on: await shared, engine });
    await setup.answer({ text: asked, actAs: { user: 'maria', groups: [] } }, { principal: backend });
    const answer = await setup.answer({ text: asked, actAs: { user: 'jose', groups: [] } }, { principal: backend });
    expect(JSON.stringify(answer)).not.toContain('90.000');
  });
});
