export const documents = `select 1`;
