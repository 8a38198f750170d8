import type { Sale } from './sale.ts';

/** Amounts are in cents, percentages are not rounded. */
export interface SalesTruth {
  rows: number;
  totalCents: number;
  /** Months that are over, `YYYY-MM`, oldest first. */
  months: readonly string[];
  /** In one region revenue changed in the last month, and one product made most of that change. */
  change: { region: string; product: string; current: Amounts; previous: Amounts; changePct: number; sharePct: number };
  /** Revenue per month of one channel, before and since. */
  levelShift: { channel: string; since: string; beforeMedianCents: number; afterMedianCents: number };
  trend: { region: string; firstCents: number; lastCents: number };
  categoryOutlier: { store: string; cents: number; medianCents: number };
  concentration: { products: readonly string[]; of: number; sharePct: number };
}

interface Amounts {
  month: string;
  regionCents: number;
  productCents: number;
}

const partialMonth = '2025-07';

export function salesTruth(sales: readonly Sale[]): SalesTruth {
  const months = [...new Set(sales.map(monthOf))].filter((month) => month < partialMonth).toSorted();
  const total = centsOf(sales);
  const stores = [...sumsBy(sales, ({ store }) => store).values()];
  const products = [...sumsBy(sales, ({ product }) => product)].toSorted(([, a], [, b]) => b - a);
  const marketplace = perMonth(
    months,
    sales.filter(({ channel }) => channel === 'Marketplace'),
  );
  const north = perMonth(
    months,
    sales.filter(({ region }) => region === 'Norte'),
  );
  const shiftAt = months.indexOf('2024-07');
  return {
    rows: sales.length,
    totalCents: total,
    months,
    change: changeOf(sales),
    levelShift: {
      channel: 'Marketplace',
      since: '2024-07',
      beforeMedianCents: middle(marketplace.slice(0, shiftAt)),
      afterMedianCents: middle(marketplace.slice(shiftAt)),
    },
    trend: { region: 'Norte', firstCents: north.at(0) ?? 0, lastCents: north.at(-1) ?? 0 },
    categoryOutlier: {
      store: 'Loja 07',
      cents: centsOf(sales.filter(({ store }) => store === 'Loja 07')),
      medianCents: middle(stores),
    },
    concentration: {
      products: products.slice(0, 2).map(([name]) => name),
      of: products.length,
      sharePct: (100 * products.slice(0, 2).reduce((sum, [, cents]) => sum + cents, 0)) / total,
    },
  };
}

function changeOf(sales: readonly Sale[]): SalesTruth['change'] {
  const amounts = (month: string): Amounts => {
    const region = sales.filter((sale) => sale.region === 'Sul' && monthOf(sale) === month);
    return {
      month,
      regionCents: centsOf(region),
      productCents: centsOf(region.filter(({ product }) => product === 'Café')),
    };
  };
  const [current, previous] = [amounts('2025-06'), amounts('2025-05')];
  const change = current.regionCents - previous.regionCents;
  return {
    region: 'Sul',
    product: 'Café',
    current,
    previous,
    changePct: (100 * change) / previous.regionCents,
    sharePct: (100 * (current.productCents - previous.productCents)) / change,
  };
}

const monthOf = ({ day }: Sale): string => day.slice(0, 7);

const centsOf = (sales: readonly Sale[]): number => sales.reduce((sum, { cents }) => sum + cents, 0);

function sumsBy(sales: readonly Sale[], key: (sale: Sale) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const sale of sales) sums.set(key(sale), (sums.get(key(sale)) ?? 0) + sale.cents);
  return sums;
}

function perMonth(months: readonly string[], sales: readonly Sale[]): number[] {
  const sums = sumsBy(sales, monthOf);
  return months.map((month) => sums.get(month) ?? 0);
}

function middle(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b);
  const half = Math.floor(ascending.length / 2);
  const upper = ascending[half] ?? 0;
  return ascending.length % 2 === 0 ? (upper + (ascending[half - 1] ?? 0)) / 2 : upper;
}
