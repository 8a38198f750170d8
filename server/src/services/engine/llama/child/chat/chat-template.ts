import type { LlamaModel } from 'node-llama-cpp';
import type { ChatMessage, Thinking, Tool } from '../../../../../models/language-model.ts';
import { compileJinja } from './jinja-template.ts';
import { inTurns, oneCallEach, withoutSystem, withoutThoughts } from './message-forms.ts';
import type { SpecialTexts } from './special-texts.ts';
import { probeTemplate } from './template-traits.ts';
import { messageValues, toolValues } from './template-values.ts';
import { callsAsText, withToolsInWords } from './tool-text.ts';

/** The chat template of a model's file. */
export interface ChatTemplate {
  /** Whether it describes tools, in the form that the model was trained on. */
  readonly knowsTools: boolean;
  /** What comes right after an answer. */
  readonly afterAnswer: string;
  /** The prompt up to where the answer begins; undefined when the template takes no such messages in any form. */
  render(chat: ChatToRender): string | undefined;
}

export interface ChatToRender {
  messages: readonly ChatMessage[];
  tools: readonly Tool[];
  think: Thinking | null;
}

export interface ChatTemplateOptions {
  source: string;
  texts: SpecialTexts;
  now: () => Date;
}

/** Throws when the template cannot be compiled. */
export function openChatTemplate(model: LlamaModel, { source, texts, now }: ChatTemplateOptions): ChatTemplate {
  const template = compileJinja(model, source);
  const { bosString, eosString } = model.tokens;
  const fixed = { bos_token: bosString ?? '', eos_token: eosString ?? '' };
  // Templates of Mistral refuse all other ids.
  const shortIds = /length\s*!=\s*9/.test(source);
  const traits = probeTemplate(template, { fixed, shortIds });

  function rendered({ messages, tools, think }: ChatToRender): string | undefined {
    try {
      return template.render({
        ...fixed,
        ...thinkingValues(think),
        date_string: dateText(now()),
        messages: messageValues(messages, { texts, shortIds, argumentsAsText: traits.argumentsAsText }),
        ...(tools.length > 0 ? { tools: toolValues(tools, { texts }) } : {}),
        add_generation_prompt: true,
      });
    } catch {
      return undefined; // the template raises what it does not take
    }
  }

  return {
    knowsTools: traits.tools,
    afterAnswer: traits.afterAnswer,
    render(chat) {
      const described = traits.tools || chat.tools.length === 0 ? chat : toolsInWords(chat);
      const known = traits.calls ? described : mapped(described, callsAsText);
      const shown = traits.system ? known : mapped(known, withoutSystem);
      return (
        rendered(shown) ??
        rendered(mapped(shown, withoutThoughts)) ??
        rendered(mapped(mapped(shown, withoutThoughts), oneCallEach)) ??
        rendered(mapped(shown, inTurns)) ??
        rendered(mapped(mapped(shown, withoutSystem), inTurns)) ??
        rendered(mapped(mapped(mapped(toolsInWords(chat), callsAsText), withoutSystem), inTurns))
      );
    },
  };
}

function mapped(chat: ChatToRender, form: (messages: readonly ChatMessage[]) => ChatMessage[]): ChatToRender {
  return { ...chat, messages: form(chat.messages) };
}

function toolsInWords({ messages, tools, think }: ChatToRender): ChatToRender {
  return { messages: withToolsInWords(messages, tools), tools: [], think };
}

/** The names that templates give to the switch; without a wish none is given, and the template decides. */
function thinkingValues(think: Thinking | null): Record<string, unknown> {
  if (think === null) return {};
  const isOn = think !== false;
  const effort = typeof think === 'string' ? { reasoning_effort: think === 'max' ? 'high' : think } : {};
  return { enable_thinking: isOn, thinking: isOn, ...effort };
}

/** As the templates of LLaMA have it: `26 Jul 2024`. */
function dateText(date: Date): string {
  const month = date.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' });
  return `${String(date.getUTCDate()).padStart(2, '0')} ${month} ${date.getUTCFullYear()}`;
}
