/** Pictures come inside the JSON, which is parsed in one go while everybody waits. */
export const maxBodyBytes = 32 * 1024 * 1024;
