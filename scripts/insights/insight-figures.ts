import { evaluateNoise, evaluatePlanted, type NoiseFigures, type PlantedFigures } from './evaluate-insights.ts';

/** What the detectors find of what is there, as a table. */
export async function plantedFigures(tables: number): Promise<string> {
  const planted = await evaluatePlanted(tables);
  return [`${tables} tables of each kind`, `${''.padEnd(18)}    found  first three`, ...planted.map(plantedLine)].join(
    '\n',
  );
}

/** What they find where nothing is, as a table. */
export async function noiseFigures(tables: number): Promise<string> {
  const noise = await evaluateNoise(tables);
  return [`${tables} tables of each kind`, `${''.padEnd(18)}  alarmed`, ...noise.map(noiseLine)].join('\n');
}

const plantedLine = ({ type, tables, found, inFirstThree }: PlantedFigures): string =>
  `${type.padEnd(18)}${percent(found / tables)}  ${percent(inFirstThree / tables)}`;

const noiseLine = ({ kind, tables, alarmed, told }: NoiseFigures): string =>
  `${kind.padEnd(18)}${percent(alarmed / tables)}  ${JSON.stringify(told)}`;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(9);
