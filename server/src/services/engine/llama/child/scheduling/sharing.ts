/** A shared beginning shorter than this is evaluated again, whatever that takes. */
const fewestTokens = 16;
/** One longer than this is copied: in the memory of a graphics card that takes less than is said here. */
const mostTokens = 64;
/** llama.cpp copies the cells of a sequence whether they are used or not; on a server of two cores 9 MB took a millisecond. */
const bytesPerMs = 5e6;
/** A copy must save so many times what it takes: what it moves drives other things out of the caches. */
const worthCopying = 2;

/**
 * From how many tokens on a beginning that another sequence holds is waited for and copied rather than evaluated again.
 * @param sequenceBytes what the cells of a sequence take
 * @param msPerToken what evaluating a token of a prompt takes; undefined before it is known
 */
export function worthSharing(sequenceBytes: number, msPerToken: number | undefined): number {
  if (msPerToken === undefined) return mostTokens;
  const tokensOfCopy = sequenceBytes / bytesPerMs / msPerToken;
  return Math.min(mostTokens, Math.max(fewestTokens, Math.ceil(tokensOfCopy * worthCopying)));
}
