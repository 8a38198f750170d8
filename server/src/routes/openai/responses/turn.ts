import type { CallContext, CompletionRequest } from '../../../core/completions/completions.ts';
import type { ChatMessage } from '../../../models/language-model.ts';
import { newId } from '../../../models/new-id.ts';
import type { StoredResponse } from '../../../ports/response-store.ts';
import { refuse } from '../../dialects/refusal.ts';
import type { OpenAiParts } from '../chat/parts.ts';
import { toMessages } from './input-items.ts';
import { newResponseBody } from './response-body.ts';
import { toCompletionRequest, type ResponseRequest } from './response-request.ts';
import { createResponseWriter, type ResponseWriter } from './response-writer.ts';

/** One step of a conversation that may go on. */
export interface Turn {
  request: CompletionRequest;
  writer: ResponseWriter;
  /** Stores what the writer has written, unless the caller does not want that. */
  keep(): Promise<void>;
}

export async function openTurn(
  body: ResponseRequest,
  { principal }: CallContext,
  { responses, now }: Pick<OpenAiParts, 'responses' | 'now'>,
): Promise<Turn> {
  const [id, createdAt] = [newId('resp'), now()];
  const previous = await findPrevious(body.previous_response_id, principal.userId);
  const before = previous?.messages ?? [];
  const said = [...before, ...toMessages(body.input, before)];
  if (said.length === 0) throw refuse('input', "[] is too short - 'input'");
  const conversation = previous?.conversation ?? id;
  const writer = createResponseWriter(newResponseBody(body, { id, created: createdAt }));
  return {
    request: toCompletionRequest(body, { messages: [...instructionsOf(body), ...said], conversation }),
    writer,
    async keep() {
      if (body.store === false) return;
      const messages = [...said, writer.message()];
      await responses.save({ id, ownerId: principal.userId, conversation, messages, body: writer.body, createdAt });
    },
  };

  async function findPrevious(given: string | null | undefined, owner: string): Promise<StoredResponse | undefined> {
    if (given === undefined || given === null) return undefined;
    const found = await responses.find(given, owner);
    if (found !== undefined) return found;
    throw refuse('previous_response_id', `Previous response with id '${given}' not found.`);
  }
}

/** They hold for one response: the next one has its own. */
function instructionsOf({ instructions }: ResponseRequest): ChatMessage[] {
  return typeof instructions === 'string' && instructions !== '' ? [{ role: 'system', text: instructions }] : [];
}
