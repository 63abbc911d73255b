import type { Service } from '../../operation.ts';
import * as detectorOperations from './detectors.ts';
import * as filterOperations from './filters.ts';
import { findingOperations } from './findings.ts';
import * as listOperations from './lists.ts';
import type { GuardDutyPort } from './port.ts';
import { publish } from './publish.ts';
import { ListTagsForResource, TagResource, tagsOf, UntagResource } from './tags.ts';

/** A thin face over the defence, which finds what the API tells. */
export function guardduty(port: GuardDutyPort): Service {
  return {
    name: 'guardduty',
    operations: {
      ...detectorOperations,
      ...listOperations,
      ...filterOperations,
      ...findingOperations(port),
      ListTagsForResource,
      TagResource,
      UntagResource,
    },
    tags: tagsOf,
    consumers: [publish],
  };
}
