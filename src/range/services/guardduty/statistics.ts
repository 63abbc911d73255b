import type { Criteria } from '../../../findings/criteria.ts';
import type { Hub } from '../../../findings/hub.ts';
import type { Finding } from '../../../model/finding.ts';
import { resourceIdOf } from './resource-id.ts';

export type GroupBy = 'ACCOUNT' | 'DATE' | 'FINDING_TYPE' | 'RESOURCE' | 'SEVERITY';

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetFindingsStatistics.html */
export interface Grouping {
  readonly by: GroupBy;
  readonly order: 'ASC' | 'DESC';
  readonly max: number;
}

/** Counts of findings by one of their sides, the most first unless asked otherwise. */
export function grouped(findings: readonly Finding[], { by, order, max }: Grouping): Record<string, unknown> {
  const { member, keyOf, shown } = sides[by];
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const sign = order === 'ASC' ? 1 : -1;
  const inOrder = [...groups].sort(([a, left], [b, right]) => sign * (left.length - right.length) || (a < b ? -1 : 1));
  return {
    [member]: inOrder.slice(0, max).map(([, of]) => ({
      ...shown(of[0]!),
      LastGeneratedAt: new Date(Math.max(...of.map(({ updatedAt }) => updatedAt))),
      TotalFindings: of.length,
    })),
  };
}

interface Side {
  readonly member: string;
  keyOf(finding: Finding): string;
  shown(finding: Finding): Record<string, unknown>;
}

const dayMs = 86_400_000;
const dayOf = ({ updatedAt }: Finding) => Math.floor(updatedAt / dayMs) * dayMs;

const sides: Readonly<Record<GroupBy, Side>> = {
  ACCOUNT: {
    member: 'GroupedByAccount',
    keyOf: ({ account }) => account,
    shown: ({ account }) => ({ AccountId: account }),
  },
  DATE: {
    member: 'GroupedByDate',
    keyOf: (finding) => `${dayOf(finding)}/${finding.severity}`,
    shown: (finding) => ({ Date: new Date(dayOf(finding)), Severity: finding.severity }),
  },
  FINDING_TYPE: {
    member: 'GroupedByFindingType',
    keyOf: ({ type }) => type,
    shown: ({ type }) => ({ FindingType: type }),
  },
  RESOURCE: {
    member: 'GroupedByResource',
    keyOf: ({ resource }) => `${resource.type}/${resourceIdOf(resource)}`,
    shown: ({ account, resource }) => ({
      AccountId: account,
      ResourceId: resourceIdOf(resource),
      ResourceType: resource.type,
    }),
  },
  SEVERITY: {
    member: 'GroupedBySeverity',
    keyOf: ({ severity }) => String(severity),
    shown: ({ severity }) => ({ Severity: severity }),
  },
};

/** Everything that meets the criteria: statistics have no pages. */
export function allOf(hub: Hub, account: string, region: string, criteria: Criteria | undefined): readonly Finding[] {
  const query = { max: Number.MAX_SAFE_INTEGER, ...(criteria === undefined ? {} : { criteria }) };
  return hub.get(account, region, hub.list(account, region, query).ids);
}
