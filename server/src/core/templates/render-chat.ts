import type { ChatMessage, Thinking, Tool } from '../../models/language-model.ts';
import { finishPieces } from './finish-pieces.ts';
import { executeGoTemplate } from './go-template/executor.ts';
import type { GoTemplate } from './go-template/syntax.ts';
import type { Piece, ValueMap } from './go-template/values.ts';
import { Work } from './go-template/work.ts';
import { readTemplate } from './read-template.ts';
import { messageValues, toolValues } from './template-values.ts';
import { thinkingValues } from './thinking-values.ts';
import { untilResponse } from './until-response.ts';

export interface ChatToRender {
  /** In the language of Go's `text/template`, as in Ollama's Modelfiles. */
  template: string;
  messages: readonly ChatMessage[];
  tools?: readonly Tool[] | undefined;
  think?: Thinking | null | undefined;
  now: () => Date;
}

/**
 * The prompt of a chat, as pieces of a `TextPrompt`. A template without `.Messages` is filled once for each pair of
 * question and answer, as Ollama does; the last one ends where the answer begins.
 * Throws `invalid_request` with the words of Go for a wrong template.
 */
export function renderChat({ template, messages, tools = [], think = null, now }: ChatToRender): readonly Piece[] {
  const read = readTemplate(template);
  const { system, collated } = collate(messages);
  const common = { ...thinkingValues(think), Response: '' };
  if (!read.variables.has('messages')) {
    return finishPieces(renderPairs(read.template, { messages: collated, common, now }));
  }
  const values = { ...common, System: system, Messages: messageValues(collated), Tools: toolValues(tools) };
  return finishPieces(executeGoTemplate(read.template, values, { now }));
}

/** Neighbours of one role become one message, but for results of tools. Source: `collate` of Ollama's template package. */
function collate(messages: readonly ChatMessage[]): { system: string; collated: ChatMessage[] } {
  const collated: ChatMessage[] = [];
  for (const message of messages) {
    const last = collated.at(-1);
    if (last?.role !== message.role || message.role === 'tool') collated.push(message);
    else if (message.text !== '') collated[collated.length - 1] = { ...last, text: `${last.text}\n\n${message.text}` };
  }
  const system = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  return { system: system.join('\n\n'), collated };
}

interface PairsToRender {
  messages: readonly ChatMessage[];
  common: ValueMap;
  now: () => Date;
}

interface Pair {
  System: string;
  Prompt: string;
  Response: string;
}

/** Source: `Template.Execute` of Ollama's template package. */
function renderPairs(template: GoTemplate, { messages, common, now }: PairsToRender): Piece[] {
  const pairs = pairsOf(messages);
  const last = pairs.pop();
  const options = { now, work: new Work() };
  const written = pairs.flatMap((pair) => executeGoTemplate(template, { ...common, ...pair }, options));
  return [...written, ...executeGoTemplate(untilResponse(template), { ...common, ...last }, options)];
}

function pairsOf(messages: readonly ChatMessage[]): Pair[] {
  const pairs: Pair[] = [];
  let pair: Pair = { System: '', Prompt: '', Response: '' };
  function next(): void {
    pairs.push(pair);
    pair = { System: '', Prompt: '', Response: '' };
  }
  for (const { role, text } of messages) {
    if (role === 'system') {
      if (pair.Prompt !== '' || pair.Response !== '') next();
      pair.System = text;
    } else if (role === 'user') {
      if (pair.Response !== '') next();
      pair.Prompt = text;
    } else if (role === 'assistant') pair.Response = text;
  }
  return [...pairs, pair];
}
