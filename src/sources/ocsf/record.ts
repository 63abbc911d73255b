import type { JsonObject } from '../../model/json.ts';
import type { Place } from '../../model/problem.ts';
import { callActivity } from '../cloudtrail/record.ts';
import { dnsActivity } from '../dns.ts';
import { isObject, textOf, valueAt } from '../json-activity.ts';
import type { Taken } from '../listed-batch.ts';
import { flowActivity } from '../vpc-flow/record.ts';
import { callOf } from './call.ts';
import { flowOf } from './flow.ts';
import { queryOf } from './query.ts';

/**
 * Records of Security Lake, in the classes of OCSF. They are given back the form that the log they were made of has, so
 * that the same event is the same activity, delivered either way.
 * https://docs.aws.amazon.com/security-lake/latest/userguide/open-cybersecurity-schema-framework.html
 */
export function ocsfActivity(record: JsonObject, place: Place): Taken {
  const product = textOf(valueAt(record, 'metadata.product.name')) ?? '';
  switch (product) {
    case 'CloudTrail':
      return callActivity(callOf(record), place);
    case 'Amazon VPC': {
      const flow = flowOf(record);
      const status = flow['log-status'];
      return status === 'NODATA' || status === 'SKIPDATA' ? { passed: status } : flowActivity(flow, place);
    }
    case 'Route 53':
      return dnsActivity(queryOf(record), place);
    default: {
      const what = `an OCSF record of ${product === '' ? 'no named product' : product}, class ${JSON.stringify(record['class_uid'])}`;
      const expected = 'CloudTrail, Amazon VPC or Route 53, as Security Lake names its sources';
      return { place, code: 'ocsf-unknown', reason: `${what}; expected ${expected}` };
    }
  }
}

export function isOcsf(record: JsonObject): boolean {
  return 'class_uid' in record && isObject(record['metadata']);
}
