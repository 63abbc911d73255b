/** Requests whose authorization `yagura why` can still explain. */
export const decisionsKeptMax = 10_000;
