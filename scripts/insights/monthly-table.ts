export type Row = Record<string, string | number>;

/** What one row is about. */
export interface Place {
  /** 0 is January 2020. */
  month: number;
  region: number;
  channel: number;
}

export const months = 60;
export const regions = ['Norte', 'Nordeste', 'Sudeste', 'Sul'];
export const channels = ['Loja', 'Site', 'Parceiros'];
const rowsPerPlace = 2;
/** Standard deviation of a row, as a share of its usual value. */
export const rowNoise = 0.15;

/** 60 months of two rows for each of four regions and three channels; the rows themselves are up to whoever asks. */
export function monthlyTable(columns: (place: Place) => Row): Row[] {
  const rows: Row[] = [];
  for (let month = 0; month < months; month++) {
    for (let region = 0; region < regions.length; region++) {
      for (let channel = 0; channel < channels.length; channel++) {
        for (let row = 0; row < rowsPerPlace; row++) {
          rows.push({
            data: monthStart(month),
            regiao: regions[region] ?? '',
            canal: channels[channel] ?? '',
            ...columns({ month, region, channel }),
          });
        }
      }
    }
  }
  return rows;
}

/** First day of a month, as labels have it. */
export const monthStart = (month: number): string => new Date(Date.UTC(2020, month, 1)).toISOString().slice(0, 10);

export const money = (value: number): number => Math.round(100 * value) / 100;
