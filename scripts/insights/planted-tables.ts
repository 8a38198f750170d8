import type { Finding, InsightType } from '@billumy/server/models/insight';
import {
  channels,
  money,
  monthStart,
  months,
  monthlyTable,
  regions,
  rowNoise,
  type Place,
  type Row,
} from './monthly-table.ts';
import { createRandomValues, type RandomValues } from './random-values.ts';

export interface PlantedTable {
  rows: Row[];
  /** Whether a finding is the one that was planted. */
  isPlanted(finding: Finding): boolean;
}

type Plant = (random: RandomValues) => PlantedTable;

/** A kind of insight, and one table with it for each seed. The effect sizes are those of the figures. */
export const plants = {
  /** A region grows by 60 % over five years. */
  trend: planted('trend', (random) => {
    const region = random.below(regions.length);
    return {
      factor: (place) => (place.region === region ? 1 + (0.6 * place.month) / months : 1),
      isPlanted: ({ subject }) => hasFilter(subject, regions[region]),
    };
  }),
  /** A region has been 40 % higher or 30 % lower since a month in the middle. */
  level_shift: planted('level_shift', (random) => {
    const [region, since] = [random.below(regions.length), 18 + random.below(25)];
    const level = random.uniform() < 0.5 ? 1.4 : 0.7;
    return {
      factor: (place) => (place.region === region && place.month >= since ? level : 1),
      isPlanted: ({ subject, labels }) =>
        hasFilter(subject, regions[region]) && isNear(labels['since'], [since - 1, since, since + 1]),
    };
  }),
  /** A region has 1.8 times its usual revenue in one month. */
  time_outlier: planted('time_outlier', (random) => {
    const [region, when] = [random.below(regions.length), 3 + random.below(54)];
    return {
      factor: (place) => (place.region === region && place.month === when ? 1.8 : 1),
      isPlanted: ({ subject, labels }) => hasFilter(subject, regions[region]) && isNear(labels['when'], [when]),
    };
  }),
  /** Two of 2,160 rows are 20 times what they should be. */
  record_outlier: (random: RandomValues): PlantedTable => {
    const rows = monthlyTable(() => ({ receita: usual(random) }));
    for (let count = 0; count < 2; count++) {
      const row = rows[random.below(rows.length)];
      if (row !== undefined) row['receita'] = money(Number(row['receita']) * 20);
    }
    return { rows, isPlanted: ({ type, subject }) => type === 'record_outlier' && subject.measure === 'receita' };
  },
  /** One of twelve shops sells 2.5 times as much as the others. */
  category_outlier: (random: RandomValues): PlantedTable => {
    const shop = random.below(12);
    const rows = monthlyTable(() => {
      const loja = random.below(12);
      return { loja: `Loja ${String(loja)}`, receita: money((loja === shop ? 2.5 : 1) * usual(random)) };
    });
    return {
      rows,
      isPlanted: ({ type, labels }) => type === 'category_outlier' && hasText(labels['member'], `Loja ${String(shop)}`),
    };
  },
  /** Revenue of a region halves in the last month, in all channels. */
  change: planted(['change', 'contribution'], (random) => {
    const region = random.below(regions.length);
    return {
      factor: (place) => (place.region === region && place.month === months - 1 ? 0.5 : 1),
      isPlanted: ({ subject, labels }) =>
        hasFilter(subject, regions[region]) || hasText(labels['member'], regions[region]),
    };
  }),
  /** In the last month one channel of one region loses 90 %; rows vary by 6 %. */
  contribution: (random: RandomValues): PlantedTable => {
    const [region, channel] = [random.below(regions.length), random.below(channels.length)];
    const isHit = (place: Place): boolean => place.region === region && place.channel === channel;
    const rows = monthlyTable((place) => {
      const factor = isHit(place) && place.month === months - 1 ? 0.1 : 1;
      return { receita: money(factor * 100 * (1 + 0.06 * random.normal())) };
    });
    return {
      rows,
      isPlanted: ({ type, subject, labels }) =>
        type === 'contribution' &&
        ((hasFilter(subject, regions[region]) && hasText(labels['member'], channels[channel])) ||
          (hasFilter(subject, channels[channel]) && hasText(labels['member'], regions[region]))),
    };
  },
  /** Two of ten products make 83 % of the revenue. */
  concentration: (random: RandomValues): PlantedTable => {
    const rows = monthlyTable(() => {
      const product = random.below(10);
      return { produto: `P${String(product)}`, receita: money((product < 2 ? 20 : 1) * usual(random)) };
    });
    return { rows, isPlanted: ({ type, subject }) => type === 'concentration' && subject.breakdown === 'produto' };
  },
  /** Two measures with a correlation of about 0.6. */
  correlation: (random: RandomValues): PlantedTable => {
    const rows = monthlyTable(() => {
      const shared = random.normal();
      const of = (value: number): number => money(value * (1 + rowNoise * (0.77 * shared + 0.64 * random.normal())));
      return { receita: of(100), visitas: of(50) };
    });
    return { rows, isPlanted: ({ type }) => type === 'correlation' };
  },
  /** The score of one region is one standard deviation above the others. */
  group_difference: (random: RandomValues): PlantedTable => {
    const best = random.below(regions.length);
    const rows = monthlyTable(({ region }) => ({
      nota_media: money(7 + (region === best ? 1 : 0) + random.normal()),
      receita: usual(random),
    }));
    return {
      rows,
      isPlanted: ({ type, labels }) => type === 'group_difference' && hasText(labels['highest_member'], regions[best]),
    };
  },
  /** Revenue goes up and down by 30 % with the months of the year. */
  seasonality: planted('seasonality', (random) => {
    const peak = random.below(12);
    return {
      factor: ({ month }) => 1 + 0.3 * Math.cos((2 * Math.PI * (month - peak)) / 12),
      isPlanted: () => true,
    };
  }),
  /** One channel is twice as dear as the others, and sells four times as often in the last month. */
  rate_mix: (random: RandomValues): PlantedTable => {
    const rows = monthlyTable(({ channel }) => ({
      preco_medio: money((channel === 0 ? 2 : 1) * usual(random)),
    }));
    const last = rows.filter(({ data, canal }) => String(data) >= monthStart(months - 1) && canal === channels[0]);
    return {
      rows: [...rows, ...last, ...last, ...last],
      isPlanted: ({ type, subject }) => type === 'rate_mix' && subject.breakdown === 'canal',
    };
  },
  /** One of five products has 60 % of the revenue. */
  majority: (random: RandomValues): PlantedTable => {
    const rows = monthlyTable(() => {
      const product = random.below(5);
      return { produto: `P${String(product)}`, receita: money((product === 0 ? 6 : 1) * usual(random)) };
    });
    return { rows, isPlanted: ({ type, labels }) => type === 'majority' && hasText(labels['member'], 'P0') };
  },
  /** Nothing but revenue that varies by 3 % from month to month. */
  steady: planted('steady', () => ({ factor: () => 1, isPlanted: () => true })),
  /** A region always has 40 % of the revenue, which goes up and down by 30 % a month in each channel; rows vary by 6 %. */
  steady_share: (random: RandomValues): PlantedTable => {
    const largest = random.below(regions.length);
    const levels = Array.from({ length: months }, () => channels.map(() => Math.max(0.2, 1 + 0.3 * random.normal())));
    const rows = monthlyTable(({ month, region, channel }) => {
      const level = (levels[month]?.[channel] ?? 1) * (region === largest ? 2 : 1);
      return { receita: money(100 * level * (1 + 0.06 * random.normal())) };
    });
    return {
      rows,
      isPlanted: ({ type, labels }) => type === 'steady_share' && hasText(labels['member'], regions[largest]),
    };
  },
} as const satisfies Partial<Record<InsightType, Plant>>;

export type PlantedType = keyof typeof plants;

export const plantedTable = (type: PlantedType, seed: number): PlantedTable => plants[type](createRandomValues(seed));

interface Design {
  factor(place: Place): number;
  isPlanted(finding: Finding): boolean;
}

function planted(types: InsightType | readonly InsightType[], design: (random: RandomValues) => Design): Plant {
  return (random) => {
    const { factor, isPlanted } = design(random);
    const rows = monthlyTable((place) => ({ receita: money(factor(place) * usual(random)) }));
    return { rows, isPlanted: (finding) => [types].flat().includes(finding.type) && isPlanted(finding) };
  };
}

const usual = (random: RandomValues): number => money(100 * (1 + rowNoise * random.normal()));

const hasFilter = ({ filters }: Finding['subject'], value: string | undefined): boolean =>
  filters.some((filter) => filter.value === value);

const hasText = (label: Finding['labels'][string] | undefined, text: string | undefined): boolean =>
  label?.kind === 'value' && label.text === text;

const isNear = (label: Finding['labels'][string] | undefined, accepted: readonly number[]): boolean =>
  label?.kind === 'period' && accepted.some((month) => monthStart(month) === label.start);
