export const accounts = `select 1`;
