import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Capability, ChatMessage, ModelProfile } from '../../models/language-model.ts';
import type { Persona } from '../../models/persona.ts';
import type { ChatPrompt, InfillPrompt, Prompt } from '../../ports/engine.ts';
import { readTemplate } from '../templates/read-template.ts';
import { renderChat } from '../templates/render-chat.ts';
import { renderQuestion } from '../templates/render-question.ts';
import type { CompletionPrompt } from './completions.ts';

/**
 * The prompt that the engine gets: the persona's words before the caller's, in the form of the caller's template, of the
 * persona's, or of the model's own. Throws `invalid_request` for a template that is none.
 */
export function composePrompt(
  prompt: CompletionPrompt,
  { persona, now }: { persona: Persona | undefined; now: () => Date },
): Prompt {
  switch (prompt.type) {
    case 'raw':
      return { type: 'text', pieces: [{ text: prompt.text, special: true }] };
    case 'infill':
      return fillIn(prompt, persona?.template, now);
    case 'chat':
      return inForm({ ...prompt, messages: withPersona(prompt.messages, persona) }, persona?.template, now);
    case 'question': {
      const { text, images, before, think, template = persona?.template } = prompt;
      const asked: ChatMessage = { role: 'user', text, ...(images === undefined ? {} : { images }) };
      const messages = [...opening(prompt, persona), asked];
      return inForm({ type: 'chat', messages, before, think }, template, now);
    }
    default:
      return prompt satisfies never;
  }
}

/** A template that has a place for what comes after the gap; else the tokens that the vocabulary has for that. */
function fillIn(prompt: InfillPrompt, template: string | null | undefined, now: () => Date): Prompt {
  if (typeof template !== 'string' || !readTemplate(template).variables.has('suffix')) return prompt;
  const { before, after } = prompt;
  return { type: 'text', pieces: renderQuestion({ template, prompt: before, suffix: after, now }) };
}

/** Calls of tools are read in the form of the model's own template: with tools a template of somebody else does not count. */
function inForm(chat: ChatPrompt, template: string | null | undefined, now: () => Date): Prompt {
  const { messages, before = [], tools = [], think } = chat;
  if (template === null || template === undefined || template === '' || tools.length > 0) return chat;
  const pieces = renderChat({ template, messages, think, now });
  return { type: 'text', pieces: before.length === 0 ? pieces : [{ tokens: before }, ...pieces] };
}

function withPersona(messages: readonly ChatMessage[], persona: Persona | undefined): ChatMessage[] {
  const spoken = [...(persona?.messages ?? []), ...messages];
  if (typeof persona?.system !== 'string' || spoken[0]?.role === 'system') return spoken;
  return [{ role: 'system', text: persona.system }, ...spoken];
}

/** A conversation that is continued has heard the persona's words already. */
function opening(
  { system, before }: Extract<CompletionPrompt, { type: 'question' }>,
  persona: Persona | undefined,
): ChatMessage[] {
  const isContinued = before !== undefined && before.length > 0;
  const said = system ?? (isContinued ? null : persona?.system) ?? null;
  return [
    ...(said === null || said === '' ? [] : [{ role: 'system' as const, text: said }]),
    ...(isContinued ? [] : (persona?.messages ?? [])),
  ];
}

/** Rejects with `model_incapable` when the prompt wants what the model was not made for. */
export function assertCapable(prompt: CompletionPrompt, { name, capabilities }: ModelProfile): void {
  const missing = wanted(prompt).find((capability) => !capabilities.includes(capability));
  if (missing === undefined) return;
  throw new AppError('model_incapable', {
    capability: missing,
    detail: told`The model ${name} does not support ${missing}.`,
  });
}

function wanted(prompt: CompletionPrompt): Capability[] {
  if (prompt.type === 'raw') return ['completion'];
  // Whether it can is in the vocabulary of the file, which the engine reads.
  if (prompt.type === 'infill') return ['completion'];
  const hasImages =
    prompt.type === 'chat'
      ? prompt.messages.some(({ images = [] }) => images.length > 0)
      : (prompt.images ?? []).length > 0;
  const hasTools = prompt.type === 'chat' && (prompt.tools ?? []).length > 0;
  const thinks = prompt.think !== undefined && prompt.think !== null && prompt.think !== false;
  return [
    'completion',
    ...(hasImages ? ['vision' as const] : []),
    ...(hasTools ? ['tools' as const] : []),
    ...(thinks ? ['thinking' as const] : []),
  ];
}
