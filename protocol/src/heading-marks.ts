/** A passage of Markdown as a line of plain text shows it: headings without their `#`. */
export function withoutHeadingMarks(text: string): string {
  return text.replaceAll(/^[ \t]*#{1,6}[ \t]+/gm, '');
}
