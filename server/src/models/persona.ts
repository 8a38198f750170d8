import type { ChatMessage, ModelParameters } from './language-model.ts';

/** A model under a name of its own: a base, and what is said to it before anybody else speaks. */
export interface Persona {
  /** As it was made, with its tag: `mario:latest`. Names are compared without regard to case. */
  name: string;
  /** A model of `ports/model-files.ts`; null: the one that the service would choose. */
  base: string | null;
  /** A LoRA adapter over the base: the digest `sha256:<hex>` of its GGUF file. */
  adapter: string | null;
  system: string | null;
  /** A template in Go's language, used instead of the one in the model's file. */
  template: string | null;
  /** Over those of the model. */
  parameters: ModelParameters;
  /** The beginning of every conversation. */
  messages: readonly ChatMessage[];
  licence: readonly string[];
  /** Answers come from documents, with citations; `collections` null: from all that the caller may see. */
  knowledge: { collections: readonly string[] | null } | null;
  /** Always answers with its base, never with what the difficulty of a question would choose. */
  pinned: boolean;
  /** Computes from tables that stand in a prompt, instead of letting its model do sums. */
  insights: boolean;
  createdAt: Date;
  updatedAt: Date;
}
