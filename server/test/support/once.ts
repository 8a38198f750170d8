/** Something that several tests use, made when the first one needs it. */
export function once<T>(make: () => Promise<T>): { get: () => Promise<T>; readonly made: Promise<T> | undefined } {
  let made: Promise<T> | undefined;
  return {
    get: () => (made ??= make()),
    get made() {
      return made;
    },
  };
}
