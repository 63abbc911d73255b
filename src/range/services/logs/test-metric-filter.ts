import { compileFilterPattern } from '../../../aws/logs/filter-pattern.ts';
import { operation } from '../../operation.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html */
export const TestMetricFilter = operation<{ filterPattern: string; logEventMessages: readonly string[] }>({
  handle(input) {
    const pattern = compileFilterPattern(input.filterPattern);
    const matches = input.logEventMessages.flatMap((message, index) =>
      pattern.matches(message)
        ? [{ eventNumber: index + 1, eventMessage: message, extractedValues: pattern.extract(message) }]
        : [],
    );
    return { matches };
  },
});
