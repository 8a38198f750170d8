import { createAsk } from '../../src/core/ask/ask.ts';
import type { AskPorts } from '../../src/core/ask/ask-ports.ts';
import type { Ask } from '../../src/core/ask/ask.ts';
import type { AskContext, Question } from '../../src/core/ask/question.ts';
import type { Metering } from '../../src/core/usage/metering.ts';
import type { LanguageModels } from '../../src/core/language-models/language-models.ts';
import { createRetrieval } from '../../src/core/retrieval/create-retrieval.ts';
import { openDatabase } from '../../src/db/sqlite/database.ts';
import { createSqliteConversationStore } from '../../src/db/sqlite/sqlite-conversation-store.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Answer, AnswerPart } from '../../src/models/answer.ts';
import type { ChatMessage, ModelProfile } from '../../src/models/language-model.ts';
import type { Principal } from '../../src/models/principal.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { GenerateRequest } from '../../src/ports/engine.ts';
import type { SearchIndex } from '../../src/ports/search-index.ts';
import { openMemoryCache } from '../../src/services/cache/memory-cache.ts';
import { openSqliteIndex } from '../../src/services/search/sqlite/open-sqlite-index.ts';
import { indexedDocument, type DocumentSketch } from './passages.ts';
import { createScriptedEngine, type ScriptedEngine } from './scripted-engine.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { ana } from './principals.ts';

/** What the language model writes: the deltas, or an error. */
export type Reply = (messages: readonly ChatMessage[], request: GenerateRequest) => readonly string[] | AppError;

export const bundledModel: ModelProfile = {
  name: 'nano',
  kind: 'language',
  source: 'bundled:nano.gguf',
  sha256: null,
  bytes: null,
  licence: 'MIT',
  capabilities: ['completion'],
  description: { pt: 'Modelo de teste.', en: 'A test model.' },
  contextTokens: 2048,
  sourceTokens: 700,
  queryPrefix: '',
  passagePrefix: '',
  parameters: {},
};

export const largerModel: ModelProfile = {
  ...bundledModel,
  name: 'llama3.2:1b',
  source: 'https://models.example/llama.gguf',
  contextTokens: 8192,
  sourceTokens: 3000,
};

export const member: Principal = { ...ana, groups: ['vendas'] };

/** Counts nothing. */
const freeOfCharge: Metering = { assertTokensLeft: async () => {}, charge: async () => {} };

/** The messages of a chat. */
export function messagesOf(request: GenerateRequest | undefined): readonly ChatMessage[] {
  if (request?.prompt.type !== 'chat') throw new Error('that was no chat');
  return request.prompt.messages;
}

/** A language model that writes what the test says to what it is asked. */
export function scriptedModel(reply: Reply): ScriptedEngine {
  return createScriptedEngine({
    generate: (request) => {
      const written = reply(messagesOf(request), request);
      return written instanceof AppError ? written : { deltas: written };
    },
    countTokens: (text) => Math.ceil(text.length / 4),
  });
}

function modelsWith(profile: ModelProfile | null): LanguageModels {
  const forAnswers = async (requested?: string): Promise<ModelProfile> => {
    if (profile === null) throw new AppError('model_unavailable');
    if (requested !== undefined && requested !== profile.name) throw new AppError('model_unknown');
    return profile;
  };
  return {
    forAnswers,
    named: forAnswers,
    forEmbedding: async () => undefined,
    forReranking: async () => undefined,
    downloadMissing: async () => {},
  };
}

export interface AskSetupOptions extends Partial<Omit<AskPorts, 'index' | 'models'>> {
  documents?: readonly DocumentSketch[];
  reply?: Reply;
  model?: ModelProfile | null;
  /** Shares the documents and conversations of another set-up, which must outlive this one. */
  on?: AskSetup;
}

export interface AskSetup extends AsyncDisposable {
  ask: Ask;
  ports: AskPorts & { index: SearchIndex };
  /** Asks and waits, as `member` unless told otherwise. */
  answer(question: string | Question, context?: Partial<AskContext>): Promise<Answer>;
  parts(question: string | Question, context?: Partial<AskContext>): Promise<AnswerPart[]>;
}

/** Everything real but the language model: index, retrieval, conversations, cache. */
export async function setUpAsk({
  documents = [],
  reply = () => ['unexpected'],
  model = bundledModel,
  on,
  ...ports
}: AskSetupOptions = {}): Promise<AskSetup> {
  const stores = on === undefined ? await openStores(documents) : { ...on.ports, close: async () => {} };
  const { index, conversations } = stores;
  const engine = ports.engine ?? scriptedModel(reply);
  const models = modelsWith(model);
  const cache = openMemoryCache({ now: () => now().getTime() });
  const all = {
    engine,
    models,
    retrieval: createRetrieval({ index, engine, cache, languageModels: models }),
    conversations,
    cache,
    metering: freeOfCharge,
    adapters: { over: async () => undefined },
    now,
    ...ports,
    index,
  };
  const ask = createAsk(all);
  return {
    ask,
    ports: all,
    answer: (question, context) => ask.answer(...call(question, context)),
    async parts(question, context) {
      const parts: AnswerPart[] = [];
      for await (const part of ask.ask(...call(question, context))) parts.push(part);
      return parts;
    },
    [Symbol.asyncDispose]: stores.close,
  };
}

interface Stores {
  index: SearchIndex;
  conversations: ConversationStore;
  close(): Promise<void>;
}

async function openStores(documents: readonly DocumentSketch[]): Promise<Stores> {
  const folder = await temporaryFolder();
  const index = await openSqliteIndex({ path: folder.file('search.db') });
  await index.replaceDocuments(documents.map(indexedDocument));
  const database = await openDatabase(folder.file('billumy.db'));
  return {
    index,
    conversations: createSqliteConversationStore(database),
    async close() {
      await index[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const now = (): Date => new Date(Date.UTC(2026, 0, 1));

function call(question: string | Question, context: Partial<AskContext> = {}): [Question, AskContext] {
  return [
    typeof question === 'string' ? { text: question } : question,
    { principal: member, signal: new AbortController().signal, ...context },
  ];
}

/** The prose of a text as a model would stream it: word by word. */
export function wordByWord(text: string): string[] {
  return text.split(/(?<=\s)/u);
}
