/** Bodies up to this length are handled as a whole; longer ones, and those that tell no length, are streamed. */
export const smallBodyBytesMax = 65_536;
