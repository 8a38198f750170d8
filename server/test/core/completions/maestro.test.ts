import { describe, expect, it } from 'vitest';
import { assessDifficulty } from '../../../src/core/completions/difficulty.ts';
import { createJudge } from '../../../src/core/completions/judge.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import { parseMaestro } from '../../../src/config/parse-maestro.ts';
import { chat, contextOf, plainPersona, setUpCompletions } from '../../support/completions-setup.ts';
import { createScriptedEngine } from '../../support/scripted-engine.ts';

const routes = { simple: 'nano', medium: 'medium', complex: 'large' };
const billumy = { ...plainPersona, name: 'billumy:latest', base: null };
const question = (text: string) => assessDifficulty({ type: 'question', text });

describe('difficulty', () => {
  it('is judged by what is asked, in both languages', () => {
    const cases = [
      ['Olá!', 'simple'],
      ['Qual é o prazo de entrega para Manaus?', 'simple'],
      ['Who approves a trip?', 'simple'],
      ['Por que o prazo de Manaus é maior?', 'medium'],
      ['Explain how refunds work.', 'medium'],
      [`Compare as políticas e recomende uma, passo a passo.\n\n| mês | total |\n| jan | 10 |`, 'complex'],
      [`Analyse this:\n${'{"month": 1, "total": 10.5}\n'.repeat(30)}`, 'complex'],
    ] as const;
    for (const [text, expected] of cases) expect(question(text).difficulty, text).toBe(expected);
  });

  it('is the same without accents, and says why', () => {
    expect(question('Analise por que a diferença é grande')).toEqual(question('Analise por que a diferenca e grande'));
    expect(question('Analise as vendas').reasons).toEqual(['asks to analyse, compare or plan']);
  });

  it('grows with history and tools', () => {
    const turn = [
      { role: 'user' as const, text: 'Olá' },
      { role: 'assistant' as const, text: 'Olá' },
    ];
    const messages = [...turn, ...turn, ...turn, ...turn, { role: 'user' as const, text: 'Qual é o prazo?' }];
    const tools = [{ name: 'clock', description: '', parameters: {} }];
    expect(assessDifficulty({ type: 'chat', messages, tools })).toEqual({
      difficulty: 'medium',
      reasons: ['has a long history', 'may use tools'],
    });
  });
});

describe('maestro', () => {
  const setup = () =>
    setUpCompletions({ personas: [billumy, { ...billumy, name: 'pinned:latest', pinned: true }], routes });

  it('sends a question to the model of its difficulty, and says so', async () => {
    const { collect, engine } = setup();
    const [start] = await collect(chat('billumy:latest', 'Analise e compare as vendas dos dois anos, com tabela.'));
    expect(start).toMatchObject({
      model: { name: 'medium', persona: 'billumy:latest', route: { difficulty: 'medium' } },
    });
    expect(engine.requests[0]?.model).toBe('medium');
  });

  it('keeps the model within a conversation, whether the client or the service names it', async () => {
    const { collect, engine } = setup();
    const hard = 'Explique por que as vendas caíram.';
    await collect(chat('billumy:latest', hard));
    const messages = [
      { role: 'user' as const, text: hard },
      { role: 'assistant' as const, text: 'Porque sim.' },
      { role: 'user' as const, text: 'Ok!' },
    ];
    await collect(chat('billumy:latest', '', { prompt: { type: 'chat', messages } }));
    await collect(chat('billumy:latest', 'Olá', { conversation: 'c1' }));
    await collect(chat('billumy:latest', hard, { conversation: 'c1' }));
    await collect(chat('billumy:latest', hard, { conversation: 'c1' }), contextOf({ userId: 'usr_bia' }));
    expect(engine.requests.map(({ model }) => model)).toEqual(['medium', 'medium', 'nano', 'nano', 'medium']);
  });

  it('leaves a pinned persona, and one with a base, alone', async () => {
    const { collect, engine } = setup();
    await collect(chat('pinned:latest', 'Explique por que as vendas caíram.'));
    expect(engine.requests[0]?.model).toBe('nano');
  });
});

describe('a judge', () => {
  const never = new AbortController().signal;

  it('is believed when it says one of the words, and not otherwise', async () => {
    const lines = [{ deltas: ['com', 'plex'] }, { deltas: ['maybe'] }, new AppError('engine_failed')];
    const judge = createJudge({ engine: createScriptedEngine({ generate: lines }), model: 'nano' });
    expect(await judge('Por quê?', never)).toBe('complex');
    expect(await judge('Por quê?', never)).toBeUndefined();
    expect(await judge('Por quê?', never)).toBeUndefined();
  });
});

describe('the setting MAESTRO', () => {
  it('names a model for each difficulty, and perhaps a judge', () => {
    expect(parseMaestro('simple=nano, medium=llama3.2:1b,complex=llama3.1:8b')).toEqual({
      routes: { simple: 'nano', medium: 'llama3.2:1b', complex: 'llama3.1:8b' },
      judge: null,
    });
    expect(parseMaestro('simple=a,medium=b,complex=c,judge=d')?.judge).toBe('d');
  });

  it('is refused when something is missing, unknown or said twice', () => {
    const wrong = [
      '',
      'nano',
      'simple=a,medium=b',
      'simple=a,medium=b,complex=',
      'simple=a,medium=b,complex=c,hard=d',
      'simple=a,simple=a,medium=b,complex=c',
    ];
    for (const text of wrong) expect(parseMaestro(text), text).toBeUndefined();
  });
});
