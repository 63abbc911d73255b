/** https://docs.aws.amazon.com/general/latest/gr/ssm.html */
export const valueBytesMax = 4096;
export const parametersMax = 10_000;
export const versionsMax = 100;
export const levelsMax = 15;
export const nameMax = 1011;
export const pageMax = 50;
export const pathPageMax = 10;
/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCommandInvocation.html, in characters. */
export const outputMax = 24_000;
export const errorOutputMax = 8000;
/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CommandPlugin.html */
export const pluginOutputMax = 2500;
/** Of AWS-RunShellScript, in seconds. */
export const deliveryTimeoutDefault = 3600;
export const executionTimeoutDefault = 3600;
/** How often a command is offered to a host that does not take it yet, in virtual time. */
export const offerEveryMs = 5000;
export const targetsMax = 50;
