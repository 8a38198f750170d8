import { isAppError } from '../../errors/app-error.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import type { Persona } from '../../models/persona.ts';
import type { Principal } from '../../models/principal.ts';
import type { Ask } from '../ask/ask.ts';
import { unlessMissing, usualModel } from '../ask/permitted-model.ts';
import type { AskContext, Question } from '../ask/question.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import { namesOf } from '../personas/names-of.ts';
import type { Personas } from '../personas/personas.ts';
import { assertPermitted } from './choose-model.ts';

export interface AskAsPersonaPorts {
  ask: Ask;
  personas: Pick<Personas, 'find'>;
  models: LanguageModels;
}

/**
 * Answers in which `model` may name a persona too: its base writes, with its adapter, from its collections unless the
 * question names others. How a persona is told to speak does not count: answers from documents have a form of their own.
 */
export function createAskAsPersona({ ask, personas, models }: AskAsPersonaPorts): Ask {
  /** Of a key that may use no model under its own name, the first persona that it may. */
  const usualPersona = async (principal: Principal): Promise<Persona | undefined> => {
    if (principal.models === null || (await usualModel(principal, models)) !== undefined) return undefined;
    for (const name of principal.models) {
      const persona = await findPersona(name, personas);
      if (persona !== undefined) return persona;
    }
    return undefined;
  };

  const toPlain = async (question: Question, { principal }: AskContext): Promise<Question> => {
    const persona =
      question.model === undefined ? await usualPersona(principal) : await findPersona(question.model, personas);
    if (persona === undefined) return question;
    const { adapter, knowledge } = persona;
    assertPermitted(namesOf(persona), principal);
    return {
      ...question,
      model: undefined,
      collections: question.collections ?? knowledge?.collections ?? undefined,
      profile: await profileFor(persona, models),
      ...(adapter === null ? {} : { adapter }),
    };
  };
  return {
    async *ask(question, context) {
      yield* ask.ask(await toPlain(question, context), context);
    },
    async answer(question, context) {
      return ask.answer(await toPlain(question, context), context);
    },
  };
}

/** undefined while no model is on this machine: then there are quotations. */
async function profileFor({ base }: Persona, models: LanguageModels): Promise<ModelProfile | undefined> {
  if (base !== null) return models.named(base, { kind: 'language', trusted: true });
  return (await unlessMissing(models.forAnswers())) ?? undefined;
}

/** What is no name for a persona may still be one for a model. */
async function findPersona(model: string, personas: Pick<Personas, 'find'>): Promise<Persona | undefined> {
  try {
    return await personas.find(model);
  } catch (error) {
    if (isAppError(error, 'invalid_request')) return undefined;
    throw error;
  }
}
