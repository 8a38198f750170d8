export const jobs = `select 1`;
