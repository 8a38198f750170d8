import { seededRandom } from './synthetic-passages.ts';

const header = 'day,store,region,product,channel,customer,quantity,price,discount,revenue';
const regions = ['North', 'East', 'South', 'West', 'Centre'];
const products = Array.from({ length: 40 }, (_, index) => `Product ${index + 1}`);
const channels = ['Shop', 'Site', 'App'];
const days = 730;
const firstDay = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

/** Sales of two years in ten columns, as CSV; another seed makes another table. */
export function syntheticTable(rows: number, seed: number): Buffer {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = (all: readonly string[]): string => all[below(all.length)] ?? '';
  const lines = Array.from({ length: rows }, () => {
    const day = new Date(firstDay + below(days) * dayMs).toISOString().slice(0, 10);
    const quantity = 1 + below(9);
    const cents = 500 + below(20_000);
    const discount = below(30);
    const revenue = ((quantity * cents * (100 - discount)) / 10_000).toFixed(2);
    const names = [`Store ${1 + below(60)}`, pick(regions), pick(products), pick(channels), `C${below(50_000)}`];
    return [day, ...names, quantity, (cents / 100).toFixed(2), discount, revenue].join(',');
  });
  return Buffer.from(`${header}\n${lines.join('\n')}\n`);
}
