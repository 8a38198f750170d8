export interface QuantizedVector {
  /** As many as the vector has, padded with zeros to a multiple of 16. */
  lanes: Int8Array;
  /** What a lane is multiplied by to get the number back. */
  scale: number;
}

const lanesPerStep = 16;
const largestLane = 127;

export const paddedDimensions = (dimensions: number): number => Math.ceil(dimensions / lanesPerStep) * lanesPerStep;

/** To 8 bits, with one scale for the whole vector: its largest number becomes 127. */
export function quantize(vector: Float32Array): QuantizedVector {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const lanes = new Int8Array(paddedDimensions(vector.length));
  if (largest === 0) return { lanes, scale: 0 };
  const scale = largest / largestLane;
  for (const [index, value] of vector.entries()) lanes[index] = Math.round(value / scale);
  return { lanes, scale };
}
