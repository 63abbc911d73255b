/** From the call to `running`, and from `running` to the first service, in virtual time: what AWS usually takes. */
export const bootMs = 15_000;
export const stopMs = 30_000;
export const terminateMs = 20_000;
export const userDataBytesMax = 16_384;
export const instancesPerCallMax = 100;
/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html#using-instance-addressing-limit */
export const addressesPerRegionMax = 5;
/** Of a network ACL. https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
export const entriesPerDirectionMax = 20;
export const ruleNumberMax = 32_766;
/** Of a security group (same page). */
export const rulesPerDirectionMax = 60;
/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
export const tagsPerResourceMax = 50;
