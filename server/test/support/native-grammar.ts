import { sharedLlama } from './vocabulary-model.ts';

/** Whether a grammar of llama.cpp takes a whole text; throws when llama.cpp cannot read the grammar. */
export async function openNativeGrammars(): Promise<(grammar: string) => (text: string) => boolean> {
  const llama = await sharedLlama();
  return (grammar) => {
    const { _bindings: bindings } = llama as unknown as {
      _bindings: { AddonGrammar: new (grammar: string) => { isTextCompatible(text: string): boolean } };
    };
    const compiled = new bindings.AddonGrammar(grammar);
    return (text) => compiled.isTextCompatible(text);
  };
}
