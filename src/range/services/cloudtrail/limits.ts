/** AWS delivers about every five minutes. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html */
export const deliveryEveryMs = 300_000;
export const digestEveryMs = 3_600_000;
/** Records read for one log file. */
export const recordsPerFileMax = 10_000;
/** LookupEvents looks back this far. */
export const lookupMs = 90 * 86_400_000;
/** Records that one LookupEvents call looks at before it answers with a token. */
export const lookupScanMax = 20_000;
/** Records that one LookupEvents call gives. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
export const pageMax = 50;
/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
export const trailsPerRegionMax = 5;
