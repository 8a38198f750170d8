import type { ModelProfile } from '../../models/language-model.ts';

/** A model that people call by a short name. Sizes and hashes are those the publishers state; null where none is known. */
export interface CatalogueEntry extends Omit<ModelProfile, 'source'> {
  /** `<owner>/<repository>/<file>` on Hugging Face or a mirror of it, or `bundled:<file>`. */
  file: string;
}

const language = {
  kind: 'language',
  capabilities: ['completion', 'tools'],
  queryPrefix: '',
  passagePrefix: '',
  parameters: {},
  contextTokens: 8192,
  sourceTokens: 3000,
} as const;
const embedding = {
  kind: 'embedding',
  capabilities: ['embedding'],
  queryPrefix: '',
  passagePrefix: '',
  parameters: {},
  contextTokens: 512,
  sourceTokens: 0,
} as const;

export const nanoModel = 'nano';

export const catalogue: readonly CatalogueEntry[] = [
  {
    ...language,
    name: nanoModel,
    file: 'bundled:nano.gguf',
    capabilities: ['completion'],
    sha256: null,
    bytes: null,
    licence: 'MIT',
    contextTokens: 2048,
    sourceTokens: 1200,
    // A random word leads it astray, and then it hardly ever ends by itself.
    parameters: { temperature: 0, num_predict: 512 },
    description: {
      pt: 'Demonstração que vem com a instalação: um LLaMA minúsculo, que só repete frases das fontes.',
      en: 'Demonstration that comes with the installation: a tiny LLaMA that only repeats sentences of the sources.',
    },
  },
  {
    ...language,
    name: 'llama3.2:1b',
    file: 'bartowski/Llama-3.2-1B-Instruct-GGUF/Llama-3.2-1B-Instruct-Q4_K_M.gguf',
    sha256: '6f85a640a97cf2bf5b8e764087b1e83da0fdb51d7c9fab7d0fece9385611df83',
    bytes: 807_694_464,
    licence: 'Llama 3.2 Community License',
    sourceTokens: 2000,
    description: {
      pt: 'LLaMA pequeno e rápido; responde bem a perguntas simples em máquinas modestas.',
      en: 'Small, fast LLaMA; answers simple questions well on modest machines.',
    },
  },
  {
    ...language,
    name: 'llama3.2:3b',
    file: 'bartowski/Llama-3.2-3B-Instruct-GGUF/Llama-3.2-3B-Instruct-Q4_K_M.gguf',
    sha256: '6c1a2b41161032677be168d354123594c0e6e67d2b9227c84f296ad037c728ff',
    bytes: 2_019_377_696,
    licence: 'Llama 3.2 Community License',
    description: {
      pt: 'LLaMA de porte médio; bom equilíbrio entre qualidade e velocidade sem GPU.',
      en: 'Medium LLaMA; a good balance of quality and speed without a GPU.',
    },
  },
  {
    ...language,
    name: 'llama3.1:8b',
    file: 'bartowski/Meta-Llama-3.1-8B-Instruct-GGUF/Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf',
    sha256: '7b064f5842bf9532c91456deda288a1b672397a54fa729aa665952863033557c',
    bytes: 4_920_739_232,
    licence: 'Llama 3.1 Community License',
    sourceTokens: 4000,
    description: {
      pt: 'LLaMA maior, com respostas melhores; pede 8 GB de memória ou uma GPU.',
      en: 'Larger LLaMA with better answers; wants 8 GB of memory or a GPU.',
    },
  },
  {
    ...language,
    name: 'qwen2.5:7b',
    file: 'bartowski/Qwen2.5-7B-Instruct-GGUF/Qwen2.5-7B-Instruct-Q4_K_M.gguf',
    sha256: '65b8fcd92af6b4fefa935c625d1ac27ea29dcb6ee14589c55a8f115ceaaa1423',
    bytes: 4_683_074_240,
    licence: 'Apache-2.0',
    sourceTokens: 4000,
    description: {
      pt: 'Qwen de 7 bilhões de parâmetros, forte com dados e números; pede 8 GB de memória.',
      en: 'Qwen with 7 billion parameters, strong with data and numbers; wants 8 GB of memory.',
    },
  },
  {
    ...language,
    name: 'qwen2.5:14b',
    file: 'bartowski/Qwen2.5-14B-Instruct-GGUF/Qwen2.5-14B-Instruct-Q4_K_M.gguf',
    sha256: 'e47ad95dad6ff848b431053b375adb5d39321290ea2c638682577dafca87c008',
    bytes: 8_988_110_976,
    licence: 'Apache-2.0',
    sourceTokens: 5000,
    description: {
      pt: 'Qwen de 14 bilhões de parâmetros, para servidores com 16 GB de memória ou uma GPU.',
      en: 'Qwen with 14 billion parameters, for servers with 16 GB of memory or a GPU.',
    },
  },
  {
    ...embedding,
    name: 'embeddinggemma:300m',
    file: 'ggml-org/embeddinggemma-300M-GGUF/embeddinggemma-300M-Q8_0.gguf',
    sha256: 'b5ce9d77a3fc4b3b39ccb5643c36777911cc4eb46a66962eadfa3f5f60490d63',
    bytes: 333_590_944,
    licence: 'Gemma Terms of Use',
    contextTokens: 2048,
    queryPrefix: 'task: search result | query: ',
    passagePrefix: 'title: none | text: ',
    description: {
      pt: 'Modelo de busca por significado em mais de 100 línguas, muito bom em português.',
      en: 'Search by meaning in more than 100 languages, very good in Portuguese.',
    },
  },
  {
    ...embedding,
    name: 'multilingual-e5-small',
    file: 'TwinSunsLLC/multilingual-e5-small-gguf/multilingual-e5-small-q8_0.gguf',
    sha256: 'e011debc1208e31bf7b6aebee2d9fc8bd2ca11694a77ed66ac9d0c9d0a877c93',
    bytes: 132_439_008,
    licence: 'MIT',
    queryPrefix: 'query: ',
    passagePrefix: 'passage: ',
    description: {
      pt: 'Modelo de busca por significado pequeno e multilíngue, para máquinas modestas.',
      en: 'Small multilingual model for search by meaning, for modest machines.',
    },
  },
  {
    ...embedding,
    name: 'bge-m3',
    file: 'ggml-org/bge-m3-Q8_0-GGUF/bge-m3-q8_0.gguf',
    sha256: 'aa473d51f451a22f0fcf39ba3330c14bed38a385712b1113440f69df4047a173',
    bytes: 634_553_760,
    licence: 'MIT',
    contextTokens: 2048,
    description: {
      pt: 'Modelo de busca por significado multilíngue que aceita trechos longos.',
      en: 'Multilingual model for search by meaning that takes long passages.',
    },
  },
  {
    ...embedding,
    name: 'all-minilm',
    file: 'second-state/All-MiniLM-L6-v2-Embedding-GGUF/all-MiniLM-L6-v2-Q8_0.gguf',
    sha256: null,
    bytes: null,
    licence: 'Apache-2.0',
    contextTokens: 512,
    description: {
      pt: 'Modelo de busca por significado muito pequeno, só para inglês.',
      en: 'Very small model for search by meaning, English only.',
    },
  },
  {
    ...embedding,
    kind: 'reranker',
    capabilities: ['rerank'],
    name: 'bge-reranker-v2-m3',
    file: 'gpustack/bge-reranker-v2-m3-GGUF/bge-reranker-v2-m3-Q8_0.gguf',
    sha256: 'a43c7c9b11a4c1517e5bf95151960e1621d1b72f7a493364b01e386cf1aaa1d3',
    bytes: 635_676_416,
    licence: 'Apache-2.0',
    contextTokens: 1024,
    description: {
      pt: 'Reordena os trechos encontrados pela relevância para a pergunta, em muitas línguas.',
      en: 'Reorders the passages found by their relevance to the question, in many languages.',
    },
  },
];
