import { describe, expect, it } from 'vitest';
import { createResidentVectors } from '../../src/services/search/sqlite/resident-vectors.ts';
import { quantize } from '../../src/services/search/sqlite/quantize.ts';
import { createScanKernel, createScriptKernel } from '../../src/services/search/sqlite/scan-kernel.ts';

describe('the kernel of the vector scan', () => {
  it('gives the same in JavaScript, where SIMD is missing', () => {
    const dimensions = 40;
    const kernels = [createScanKernel(), createScriptKernel()];
    const results = kernels.map((kernel) => {
      const vectors = createResidentVectors(kernel, dimensions);
      for (let seq = 1; seq <= 3_000; seq += 1) {
        const vector = Float32Array.from({ length: dimensions }, (_, lane) => Math.sin(seq * (lane + 1)));
        const { lanes, scale } = quantize(vector);
        vectors.append({
          seq,
          passage: seq + 10_000,
          access: 1 + (seq % 3),
          scale,
          lanes: new Uint8Array(lanes.buffer),
        });
      }
      vectors.remove(1_500);
      const query = Float32Array.from({ length: dimensions }, (_, lane) => Math.sin(1_500 * (lane + 1)));
      return vectors.nearest({ vector: query, permitted: new Set([1, 3]), limit: 20 });
    });
    expect(results[0]).toEqual(results[1]);
    expect(results[0]).toHaveLength(20);
    for (const { seq, passage } of results[0]!) {
      expect(seq).not.toBe(1_500);
      expect(seq % 3).not.toBe(1);
      expect(passage).toBe(seq + 10_000);
    }
  });
});
