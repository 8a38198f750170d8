import type { ChatMessage, Tool } from '../../../../../models/language-model.ts';
import type { JinjaTemplate } from './jinja-template.ts';
import { messageValues, toolValues } from './template-values.ts';

/** What a template makes of the things that not every template knows; found out by rendering. */
export interface TemplateTraits {
  /** What the system says is in the prompt. */
  system: boolean;
  /** Tools are described in the prompt. */
  tools: boolean;
  /** Calls and their results in earlier messages are in the prompt. */
  calls: boolean;
  /** Arguments of calls must be JSON text, not objects. */
  argumentsAsText: boolean;
  /** What comes right after an answer. */
  afterAnswer: string;
}

type Values = Record<string, unknown>;

const user: ChatMessage = { role: 'user', text: 'Qquestion1' };
const answer: ChatMessage = { role: 'assistant', text: 'Qanswer2' };
const system: ChatMessage = { role: 'system', text: 'Qsystem3' };
const tool: Tool = { name: 'qtool4', description: 'Qdescription5', parameters: { type: 'object', properties: {} } };
const call: ChatMessage = {
  role: 'assistant',
  text: '',
  toolCalls: [{ id: 'call_qqqqqqq6', name: tool.name, arguments: { qkey7: 'qvalue8' } }],
};
const result: ChatMessage = { role: 'tool', text: 'Qresult9', toolCallId: 'call_qqqqqqq6' };

/** @param fixed values that every rendering gets */
export function probeTemplate(
  template: JinjaTemplate,
  { fixed, shortIds }: { fixed: Values; shortIds: boolean },
): TemplateTraits {
  const texts = { guard: (text: string) => text, guardValue: (value: unknown) => value };
  function rendered(
    messages: readonly ChatMessage[],
    options: { argumentsAsText?: boolean; tools?: boolean } = {},
  ): string {
    const { argumentsAsText = false, tools = false } = options;
    try {
      return template.render({
        ...fixed,
        messages: messageValues(messages, { texts, shortIds, argumentsAsText }),
        ...(tools ? { tools: toolValues([tool], { texts }) } : {}),
        add_generation_prompt: false,
      });
    } catch {
      return '';
    }
  }
  const hasSystem = rendered([system, user]).includes(system.text);
  const withTools = rendered(hasSystem ? [system, user] : [user], { tools: true });
  const withObjects = rendered([user, call, result], { tools: true });
  const withText = rendered([user, call, result], { tools: true, argumentsAsText: true });
  return {
    system: hasSystem,
    tools: withTools.includes(tool.name),
    calls: showsCall(withObjects) || showsCall(withText),
    argumentsAsText: !showsCall(withObjects) && showsCall(withText),
    afterAnswer: rendered([user, answer]).split(answer.text)[1] ?? '',
  };
}

/** Single quotes are those of an object that was put into the text as it is. */
function showsCall(rendered: string): boolean {
  const signs = [tool.name, 'qkey7', 'qvalue8', result.text];
  return signs.every((sign) => rendered.includes(sign)) && !rendered.includes("'qkey7'");
}
