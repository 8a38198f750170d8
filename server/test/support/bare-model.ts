import { readFile } from 'node:fs/promises';

const width = 64;
const vocabulary = 512;
const blockValues = 32;
const blockBytes = 34;
const matrixBytes = (vocabulary * width * blockBytes) / blockValues;
/** Of the two layers, between the embeddings and the output matrix, and of the norms. */
const layerBytes = 2 * (2 * 256 + 4 * 4352 + 3 * 8704) + 256;
const epsilon = 1e-5;

/**
 * How unlikely each token is after another one to the model of `writeTinyModel` with `isBare`, by hand: its layers add
 * nothing, so it is the softmax of the output matrix times the normalised embedding.
 */
export async function readBareModel(path: string): Promise<(token: number, next: number) => number> {
  const file = await readFile(path);
  const output = file.subarray(file.length - matrixBytes);
  const embeddings = file.subarray(file.length - 2 * matrixBytes - layerBytes);
  return (token, next) => {
    const embedding = rowOf(embeddings, token);
    const scale = 1 / Math.sqrt(embedding.reduce((sum, value) => sum + value * value, 0) / width + epsilon);
    const logits = Array.from({ length: vocabulary }, (_, index) =>
      rowOf(output, index).reduce((sum, value, place) => sum + value * (embedding[place] ?? 0) * scale, 0),
    );
    return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - (logits[next] ?? NaN);
  };
}

/** A row of Q8_0: blocks of a half and 32 signed bytes. */
function rowOf(matrix: Buffer, row: number): number[] {
  return Array.from({ length: width }, (_, place) => {
    const start = ((row * width + place) / blockValues) | 0;
    return (
      half(matrix.readUInt16LE(start * blockBytes)) * matrix.readInt8(start * blockBytes + 2 + (place % blockValues))
    );
  });
}

function half(bits: number): number {
  return 2 ** ((bits >> 10) - 15) * (1 + (bits & 0x3ff) / 1024);
}
