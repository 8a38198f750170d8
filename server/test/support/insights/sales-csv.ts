import { createRandom } from '../../../src/services/trainer/local/run/random.ts';
import type { Sale } from './sale.ts';
import { salesTruth, type SalesTruth } from './sales-truth.ts';

const currentMonth = '2025-06';
const shiftMonth = '2024-07';

const firstDay = Date.UTC(2023, 0, 1);
/** 30 whole months, and nine days of July 2025, which is not over. */
const days = 912 + 9;
const regions = ['Norte', 'Nordeste', 'Centro-Oeste', 'Sudeste', 'Sul'];
const storesPerRegion = 4;
const products = ['Café', 'Cacau', 'Chá', 'Mel', 'Açúcar', 'Farinha', 'Castanha', 'Guaraná', 'Azeite', 'Granola'];
const channels = ['Loja', 'Site', 'Aplicativo', 'Marketplace'];

/**
 * Sales as a Brazilian spreadsheet writes them (`;`, `31/12/2024`, `1.234,56`), with five things in them: in June 2025
 * coffee fell in the South; the marketplace has had another level since July 2024; the North grows; Loja 07 sells
 * several times as much as any other; and two of ten products make most of the revenue. What is true of the rows is
 * counted beside them, without the product.
 */
export function salesCsv(seed: number, { rows = 120_000 } = {}): { csv: string; truth: SalesTruth } {
  const sales = salesOf(seed, { rows });
  const lines = sales.map(toLine);
  return { csv: `data;loja;regiao;produto;canal;receita;quantidade\n${lines.join('\n')}\n`, truth: salesTruth(sales) };
}

/** The sales alone, in the order of days. */
export function salesOf(seed: number, { rows = 120_000 } = {}): Sale[] {
  const random = createRandom(seed);
  return Array.from({ length: rows }, (_, index) => makeSale(random, index / rows));
}

/** `progress` goes from 0 to 1: sales are spread evenly over days. */
function makeSale(random: () => number, progress: number): Sale {
  const dayNumber = Math.floor(progress * days);
  const pick = (limit: number): number => Math.floor(random() * limit);
  const storeNumber = pick(regions.length * storesPerRegion);
  const sale = {
    day: new Date(firstDay + dayNumber * 86_400_000).toISOString().slice(0, 10),
    store: `Loja ${String(storeNumber + 1).padStart(2, '0')}`,
    region: regions[Math.floor(storeNumber / storesPerRegion)] ?? '',
    product: products[pick(products.length)] ?? '',
    channel: channels[pick(channels.length)] ?? '',
    quantity: 1 + pick(4),
  };
  // Around 100 reais, by a factor of two at most.
  const usual = 100 * 2 ** (random() + random() - 1);
  return { ...sale, cents: Math.round(100 * usual * planted(sale, dayNumber)) };
}

function planted(sale: Omit<Sale, 'cents'>, dayNumber: number): number {
  const isStar = sale.product === 'Café' || sale.product === 'Cacau';
  const isFallen = sale.region === 'Sul' && sale.product === 'Café' && sale.day.startsWith(currentMonth);
  const factors = [
    isStar ? 18 : 1,
    isFallen ? 0.1 : 1,
    sale.channel === 'Marketplace' && sale.day >= shiftMonth ? 1.7 : 1,
    sale.region === 'Norte' ? 0.7 + (0.7 * dayNumber) / days : 1,
    sale.store === 'Loja 07' ? 3.5 : 1,
  ];
  return factors.reduce((product, factor) => product * factor, 1);
}

function toLine(sale: Sale): string {
  const [year, month, day] = sale.day.split('-');
  const date = `${day}/${month}/${year}`;
  return [date, sale.store, sale.region, sale.product, sale.channel, reais(sale.cents), sale.quantity].join(';');
}

function reais(cents: number): string {
  const whole = String(Math.floor(cents / 100)).replaceAll(/\B(?=(\d{3})+$)/g, '.');
  return `${whole},${String(cents % 100).padStart(2, '0')}`;
}
