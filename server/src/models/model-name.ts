/** The name of a model as Ollama's clients write it: `[host/][namespace/]model[:tag]`. */
export interface ModelName {
  host: string;
  namespace: string;
  model: string;
  tag: string;
}

const usualHost = 'registry.ollama.ai';
const usualNamespace = 'library';
const usualTag = 'latest';
const longestHost = 350;
const longestPart = 80;
const part = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
const namespacePart = /^[A-Za-z0-9_][A-Za-z0-9_-]*$/;
const host = /^[A-Za-z0-9_][A-Za-z0-9_.:-]*$/;

/** undefined for what is no name. Source: types/model/name.go of Ollama. */
export function parseModelName(text: string): ModelName | undefined {
  const parts = text.split('/');
  const [last = '', namespace = usualNamespace, name = usualHost, ...rest] = parts.toReversed();
  const [model = '', tag = usualTag, ...more] = last.split(':');
  const isWell =
    rest.length + more.length === 0 &&
    [model, tag].every((one) => one.length <= longestPart && part.test(one)) &&
    namespace.length <= longestPart &&
    namespacePart.test(namespace) &&
    name.length <= longestHost &&
    host.test(name);
  return isWell ? { host: name, namespace, model, tag } : undefined;
}

/** With everything written out. */
export function fullModelName({ host: name, namespace, model, tag }: ModelName): string {
  return `${name}/${namespace}/${model}:${tag}`;
}

/** Without what goes without saying, but with the tag: `llama3.2:1b`, `mario:latest`. */
export function shortModelName({ host: name, namespace, model, tag }: ModelName): string {
  const hasUsualHost = name.toLowerCase() === usualHost;
  const isUsual = hasUsualHost && namespace.toLowerCase() === usualNamespace;
  const path = isUsual ? '' : hasUsualHost ? `${namespace}/` : `${name}/${namespace}/`;
  return `${path}${model}:${tag}`;
}
