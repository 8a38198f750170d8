/** How many rows have the same value as a row, in SQL. */
export const peersSql = (name: string): string =>
  `count(*) OVER (ORDER BY ${name} RANGE BETWEEN CURRENT ROW AND CURRENT ROW)`;

/**
 * Twice the rank of a row, from 1, in SQL, where equal values share the mean of their ranks: whole, so that no order of
 * adding matters. Both windows are of one order, so that rows are put in it once. Rows without a value come last, and so
 * change no rank of the others.
 */
export const rankSql = (name: string): string => `2 * rank() OVER (ORDER BY ${name}) - 1 + ${peersSql(name)}`;
