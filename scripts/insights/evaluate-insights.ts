import { noiseKinds, noiseTable, type NoiseKind } from './noise-tables.ts';
import { plantedTable, plants, type PlantedType } from './planted-tables.ts';
import { tellAll, withEngine } from './tell-tables.ts';

export interface PlantedFigures {
  type: PlantedType;
  tables: number;
  /** Tables whose planted insight is among those told, and is one of the first three. */
  found: number;
  inFirstThree: number;
}

export interface NoiseFigures {
  kind: NoiseKind;
  tables: number;
  /** Tables of which anything is told that was tested. */
  alarmed: number;
  /** What was told, by type. */
  told: Readonly<Record<string, number>>;
}

/** How many of as many planted insights of each kind are found. */
export async function evaluatePlanted(
  tables: number,
  types = Object.keys(plants) as PlantedType[],
): Promise<PlantedFigures[]> {
  return withEngine(async (engine) => {
    const figures: PlantedFigures[] = [];
    for (const type of types) {
      const planted = Array.from({ length: tables }, (_, seed) => plantedTable(type, seed));
      const told = await tellAll(
        engine,
        planted.map(({ rows }) => rows),
      );
      const ranks = planted.map(({ isPlanted }, index) => told[index]?.findIndex(isPlanted) ?? -1);
      figures.push({
        type,
        tables,
        found: ranks.filter((rank) => rank >= 0).length,
        inFirstThree: ranks.filter((rank) => rank >= 0 && rank < 3).length,
      });
    }
    return figures;
  });
}

/** In how many of as many tables of noise of each kind anything is found. */
export async function evaluateNoise(tables: number): Promise<NoiseFigures[]> {
  return withEngine(async (engine) => {
    const figures: NoiseFigures[] = [];
    for (const kind of noiseKinds) {
      const told = await tellAll(
        engine,
        Array.from({ length: tables }, (_, seed) => noiseTable(kind, 10_000 + seed)),
      );
      const tested = told.map((findings) => findings.filter(({ score }) => score.p !== null));
      const types = tested.flat().map(({ type }) => type);
      figures.push({
        kind,
        tables,
        alarmed: tested.filter(({ length }) => length > 0).length,
        told: Object.fromEntries(
          [...new Set(types)].map((type) => [type, types.filter((each) => each === type).length]),
        ),
      });
    }
    return figures;
  });
}
