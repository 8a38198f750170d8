/**
 * Changes numbers in texts, each to the same other number wherever it stands: who saw an answer before has to read all
 * the same. Numbers of the question stay, so that it asks what it asked.
 */
export function numbersAnew(question: string, random: () => number): (text: string) => string {
  const changed = new Map([...question.matchAll(/\d+/g)].map(([number]) => [number, number]));
  const other = (number: string): string => {
    const known = changed.get(number);
    if (known !== undefined) return known;
    const anew = number.replaceAll(/\d/g, (_digit, place: number) => digit(place === 0 ? 1 : 0, random));
    changed.set(number, anew);
    return anew;
  };
  return (text) => text.replaceAll(/\d+/g, other);
}

function digit(least: number, random: () => number): string {
  return String(least + Math.floor(random() * (10 - least)));
}
