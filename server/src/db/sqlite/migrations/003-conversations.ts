export const conversations = `select 1`;
