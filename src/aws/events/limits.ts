/** EventBridge's limit on what `$or` may unfold to. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
export const combinationsMax = 1000;

/** Numeric matching works on -5e9 to 5e9, both included (same page). */
export const numericMax = 5e9;

/**
 * How many beginnings of wildcards on one field one value may match at once. AWS states no figure; its example of a
 * refused pattern (`*:*:*:*:*:event-bus/*`) reaches 10, its repaired one stays far below.
 */
export const wildcardComplexityMax = 10;

/** Where the search for that figure gives up and calls the wildcards too complex. */
export const wildcardStatesMax = 2000;

/** Depth of patterns and templates, so that no input exhausts the stack. */
export const depthMax = 100;

/** The pattern's text that a complaint quotes. */
export const quotedMax = 500;

/** Lists of events whose leaves are kept, for each name that rules ask for, and how long such a list may be, in bytes. */
export const listsHeldMax = 256;
export const listBytesHeldMax = 256;
