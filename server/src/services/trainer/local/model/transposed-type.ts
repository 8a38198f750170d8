/** Numbers in a block of Q8_0. */
const blockLength = 32;
const halfTypes: ReadonlySet<string> = new Set(['F16', 'BF16']);

/**
 * How a transposed matrix is kept: as exactly as the weights are, and with eight bits for quantised ones, for their own
 * blocks would lie across.
 * @param to numbers that the matrix gives, which become the rows
 */
export function transposedTypeName(type: string, to: number): 'F32' | 'BF16' | 'Q8_0' {
  if (type === 'F32') return 'F32';
  return halfTypes.has(type) || to % blockLength !== 0 ? 'BF16' : 'Q8_0';
}
