/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export const batchBytesMax = 1_048_576;
export const batchEventsMax = 10_000;
/** What each event counts besides its message. */
export const eventOverheadBytes = 26;
export const batchSpanMs = 24 * 3_600_000;
export const futureMs = 2 * 3_600_000;
export const pastMs = 14 * 24 * 3_600_000;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export const pageEventsMax = 10_000;
export const pageBytesMax = 1_048_576;

export const listPageMax = 50;
export const tagsMax = 50;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
export const resourcePoliciesMax = 10;
export const resourcePolicyBytesMax = 5_120;

export const dayMs = 24 * 3_600_000;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
