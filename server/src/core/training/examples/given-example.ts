/** An example in one of the forms in which callers send them. */
export type GivenExample =
  | { prompt: string; completion: string }
  | { question: string; answer: string; context?: string | undefined }
  | { messages: readonly GivenMessage[] };

export interface GivenMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}
