/** From the call to `running`, and from `running` to the first service, in virtual time: what AWS usually takes. */
export const bootMs = 15_000;
export const stopMs = 30_000;
export const terminateMs = 20_000;
export const userDataBytesMax = 16_384;
export const instancesPerCallMax = 100;
