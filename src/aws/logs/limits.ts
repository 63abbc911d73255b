/** Parentheses in a filter pattern, so that none exhausts the stack. */
export const filterDepthMax = 100;

/** Regular expressions in one delimited or JSON pattern. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
export const filterRegexesMax = 2;
