const pad = (number: number, length: number): string => String(number).padStart(length, '0');

function check(digits: string, first: number): number {
  const sum = Array.from(digits).reduce((total, digit, place) => total + Number(digit) * (first - place), 0);
  return sum % 11 < 2 ? 0 : 11 - (sum % 11);
}

/** Numbers of nobody, with right check digits. */
export function cpf(index: number): string {
  const base = pad(12_345_678 + index * 9_876_543, 9);
  const one = check(base, 10);
  return `${base}${one}${check(`${base}${one}`, 11)}`;
}

export function cnpj(index: number): string {
  const base = `${pad(11_222_333 + index * 1_357_911, 8)}0001`;
  const first = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
  const one = weighted(base, first);
  return `${base}${one}${weighted(`${base}${one}`, [6, ...first])}`;
}

function weighted(digits: string, weights: readonly number[]): number {
  const rest = weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0) % 11;
  return rest < 2 ? 0 : 11 - rest;
}
