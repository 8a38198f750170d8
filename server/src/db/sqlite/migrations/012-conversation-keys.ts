export const conversationKeys = `
alter table conversations add column key_id text;
`;
