/** Whether the digits of a payment card end with their check digit. Source: ISO/IEC 7812, the algorithm of Luhn. */
export function isCardNumber(digits: string): boolean {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, place) => {
      const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0 && !isOneCharacter(digits);
}

/** Whether the 11 digits are the number of a person at the Brazilian treasury. */
export function isCpf(digits: string): boolean {
  return !isOneCharacter(digits) && endsWithChecks(digits, [fallingFrom(10), fallingFrom(11)]);
}

/** Whether the 14 characters are the number of a company there; since July 2026 letters may stand before its check digits. */
export function isCnpj(characters: string): boolean {
  const first = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
  return !isOneCharacter(characters) && endsWithChecks(characters, [first, [6, ...first]]);
}

function fallingFrom(first: number): number[] {
  return Array.from({ length: first - 1 }, (_, place) => first - place);
}

/** Source: the treasury's rule of modulus 11, in which a letter counts as its ASCII code less 48, as digits do. */
function endsWithChecks(text: string, checks: readonly (readonly number[])[]): boolean {
  return checks.every((weights) => {
    const sum = weights.reduce((total, weight, place) => total + weight * (text.charCodeAt(place) - 48), 0);
    const rest = sum % 11;
    return Number(text[weights.length]) === (rest < 2 ? 0 : 11 - rest);
  });
}

function isOneCharacter(text: string): boolean {
  return new Set(text).size === 1;
}
