import type { Capability, ModelProfile } from './language-model.ts';

/** Everything that is known of a model that can be used now. */
export interface ModelDescription {
  profile: ModelProfile;
  /** sha256 of its file, 64 hexadecimal digits. */
  digest: string;
  bytes: number;
  modifiedAt: Date;
  format: string;
  /** The architecture: `llama`. */
  family: string;
  /** `3.2B`. */
  parameterSize: string;
  /** `Q4_K_M`; `unknown` where it is not said. */
  quantization: string;
  /** What it was trained with; null where it is not said. */
  contextTokens: number | null;
  embeddingDimensions: number | null;
  capabilities: readonly Capability[];
  /** A LoRA adapter, which works over a model only. */
  isAdapter: boolean;
  /** The form of a chat, in the language of the file: Jinja. */
  template: string | null;
  /** What its file says of itself, by the keys of GGUF. */
  metadata: Readonly<Record<string, MetadataValue>>;
  tensors: readonly DescribedTensor[];
}

export type MetadataValue = string | number | boolean | readonly (string | number | boolean)[];

export interface DescribedTensor {
  name: string;
  /** `Q8_0`. */
  type: string;
  shape: readonly number[];
}
