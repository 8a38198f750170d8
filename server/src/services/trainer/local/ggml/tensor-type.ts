/** Numbers of `ggml_type`. Source: include/ggml.h of ggml */
export const tensorType = {
  F32: 0,
  F16: 1,
  BF16: 30,
  Q8_0: 8,
  Q4_0: 2,
  Q4_K: 12,
  Q5_K: 13,
  Q6_K: 14,
  I32: 26,
} as const;

/** Types of weights that are trained over: ggml both multiplies with them and turns them into floats. */
export const weightTypes = ['F32', 'F16', 'BF16', 'Q8_0', 'Q4_0', 'Q4_K', 'Q5_K', 'Q6_K'] as const;

export type WeightType = (typeof weightTypes)[number];
