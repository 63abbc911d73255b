/** Rules of buses kept ready for events; a set of 300 is some hundred kilobytes. */
export const ruleSetsMax = 64;
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-event-size */
export const entryBytesMax = 262_144;
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const targetsPerRuleMax = 5;
/** Rules that one ListRules call gives unless asked for fewer. */
export const pageSize = 100;
