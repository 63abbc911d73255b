/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const templateBodyBytesMax = 51_200;
export const templateUrlBytesMax = 1_048_576;
export const resourcesMax = 500;
export const parametersMax = 200;
export const outputsMax = 200;
export const mappingsMax = 200;
/** Ours: nesting of a template's values, so that reading one cannot exhaust the stack. */
export const depthMax = 100;
