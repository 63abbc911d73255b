/** Role chaining is bound to one hour. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const chainedSecondsMax = 3600;
/** Of the root user's sessions. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export const rootSecondsMax = 3600;
