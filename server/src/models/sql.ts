/** A name of a table or column as SQL reads it, whatever is in it. */
export function quoteName(name: string): string {
  return `"${withoutEnd(name).replaceAll('"', '""')}"`;
}

/** A text as a literal of SQL, whatever is in it. */
export function quoteText(text: string): string {
  return `'${withoutEnd(text).replaceAll("'", "''")}'`;
}

/** A NUL would end the statement in the middle of a literal. No table has one: reading replaces it. */
function withoutEnd(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
