/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const messageBytesMax = 262_144;
export const subjectLengthMax = 100;
/** Topics or subscriptions that one call lists. https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
export const pageSize = 100;
