const escape = String.fromCodePoint(27);
/** An order to the terminal, such as `ESC[2K`, or a character. */
const orderOrCharacter = new RegExp(String.raw`${escape}\[\??([\d;]*)([A-Za-z])|([\s\S])`, 'gu');

/** What stands on a terminal, line by line, after a program wrote `text` to it: spinners and progress have come and gone. */
export function screenOf(text) {
  const lines = [[]];
  let row = 0;
  let column = 0;
  for (const [, count, order, character] of text.matchAll(orderOrCharacter)) {
    const steps = Number(count || 1);
    if (order === 'A') row = Math.max(0, row - steps);
    else if (order === 'D') column = Math.max(0, column - steps);
    else if (order === 'G') column = steps - 1;
    else if (order === 'K') lines[row].length = count === '2' ? 0 : Math.min(column, lines[row].length);
    else if (character === '\n') {
      row += 1;
      column = 0;
      lines[row] ??= [];
    } else if (character === '\r') column = 0;
    else if (character !== undefined) {
      while (lines[row].length < column) lines[row].push(' ');
      lines[row][column] = character;
      column += 1;
    }
  }
  return lines.map((line) => line.join('').trimEnd());
}
