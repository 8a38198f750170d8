/** 1 to 7 from Monday for `weekday`, 1 to 12 for `month`, of a day written `YYYY-MM-DD`. */
export function seasonOf(day: string, of: string): number {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  return of === 'weekday' ? ((date.getUTCDay() + 6) % 7) + 1 : date.getUTCMonth() + 1;
}
