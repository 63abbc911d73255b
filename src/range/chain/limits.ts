/** Policy documents kept ready for evaluation; each is a few kilobytes. */
export const compiledPoliciesMax = 4_096;
