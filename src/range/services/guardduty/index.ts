import type { Service } from '../../operation.ts';
import type { Wire } from '../../wire/wire.ts';
import { findingFields } from './criteria.ts';
import * as detectorOperations from './detectors.ts';
import { DeleteFilter, filterOperations, GetFilter, ListFilters } from './filters.ts';
import { findingOperations } from './findings.ts';
import * as listOperations from './lists.ts';
import type { GuardDutyPort } from './port.ts';
import { publish } from './publish.ts';
import { ListTagsForResource, TagResource, tagsOf, UntagResource } from './tags.ts';

/** A thin face over the defence, which finds what the API tells. */
export function guardduty(port: GuardDutyPort, wire: Pick<Wire, 'operation'>): Service {
  const fieldOf = findingFields(wire);
  return {
    name: 'guardduty',
    operations: {
      ...detectorOperations,
      ...listOperations,
      ...filterOperations(fieldOf),
      DeleteFilter,
      GetFilter,
      ListFilters,
      ...findingOperations(port, fieldOf),
      ListTagsForResource,
      TagResource,
      UntagResource,
    },
    tags: tagsOf,
    consumers: [publish],
  };
}
