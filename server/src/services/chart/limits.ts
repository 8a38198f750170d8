const mebibyte = 1024 * 1024;

export const maxSpecificationLength = 2 * mebibyte;
export const maxSpecificationDepth = 30;
export const maxSvgLength = 4 * mebibyte;
