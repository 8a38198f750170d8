export interface MaestroSetting {
  routes: { simple: string; medium: string; complex: string };
  /** The model that judges the difficulty; null: signs in the question decide. */
  judge: string | null;
}

const names = ['simple', 'medium', 'complex', 'judge'];

/** `simple=a,medium=b,complex=c` and perhaps `judge=d`; undefined for anything else. */
export function parseMaestro(text: string): MaestroSetting | undefined {
  const pairs = text.split(',').map((pair) => pair.split('=', 2).map((part) => part.trim()));
  const given = new Map(pairs.map(([name = '', model = '']) => [name, model]));
  const isWell = pairs.every(([name = '', model = '']) => names.includes(name) && model !== '');
  const [simple, medium, complex] = names.map((name) => given.get(name));
  if (!isWell || given.size !== pairs.length) return undefined;
  if (simple === undefined || medium === undefined || complex === undefined) return undefined;
  return { routes: { simple, medium, complex }, judge: given.get('judge') ?? null };
}
