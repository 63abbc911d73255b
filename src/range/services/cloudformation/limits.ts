/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
export const responseBytesMax = 4096;
/** How long the URL of an answer is good. Longer than any wait for it. */
export const responseUrlSeconds = 7200;
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html */
export const serviceTimeoutSeconds = 3600;
/** Stacks, resources or events that one call lists. */
export const pageSize = 100;
