import { toGuardDuty } from '../../../aws/findings/guardduty.ts';
import type { Criteria, SortBy } from '../../../findings/criteria.ts';
import type { Hub } from '../../../findings/hub.ts';
import type { Operation, Scope } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { checkedCriteria, type FieldOf } from './criteria.ts';
import { badRequest, invalid } from './errors.ts';
import { awsFindings } from './finding-store.ts';
import { limits } from './limits.ts';
import { toModel } from './model-names.ts';
import type { GuardDutyPort } from './port.ts';
import { createSampleFindings } from './samples.ts';
import { allOf, type GroupBy, grouped } from './statistics.ts';
import { detectorOf, feedbacks, formOn } from './tables.ts';

interface Here {
  readonly DetectorId: string;
}
interface ByIds extends Here {
  readonly FindingIds: readonly string[];
}
interface Choice extends Here {
  readonly FindingCriteria?: { readonly Criterion?: Criteria };
}
interface Sorting {
  readonly SortCriteria?: { readonly AttributeName?: string; readonly OrderBy?: 'ASC' | 'DESC' };
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

interface Statistics {
  readonly FindingStatisticTypes?: readonly string[];
  readonly GroupBy?: GroupBy;
  readonly OrderBy?: 'ASC' | 'DESC';
  readonly MaxResults?: number;
}

/** What the API tells of findings: those of AWS's own types, through the hub. */
export function findingOperations(port: GuardDutyPort, fieldOf: FieldOf): Readonly<Record<string, Operation>> {
  const criteriaOf = ({ FindingCriteria }: Choice): { readonly criteria?: Criteria } => {
    const criteria = checkedCriteria(FindingCriteria, fieldOf, { patterns: false });
    return criteria === undefined ? {} : { criteria };
  };
  const hubOf = (scope: Scope, detector: string): Hub => {
    detectorOf(scope, detector);
    return port.hub(awsFindings(scope.tx), formOn(scope.tx));
  };
  return {
    ListFindings: operation<Choice & Sorting>({
      handle(input, call) {
        const { SortCriteria, MaxResults: max = limits.page, NextToken: after } = input;
        checkToken(after);
        const { ids, next = '' } = hubOf(call, input.DetectorId).list(call.account, call.region, {
          ...criteriaOf(input),
          ...sortOf(SortCriteria, fieldOf),
          max,
          ...(after ? { after } : {}),
        });
        return { FindingIds: ids, NextToken: next };
      },
    }),
    GetFindings: operation<ByIds & Pick<Sorting, 'SortCriteria'>>({
      handle(input, call) {
        const { account, region } = call;
        const hub = hubOf(call, input.DetectorId);
        const { FindingIds: given, SortCriteria } = input;
        const chosen = { criteria: { id: { equals: given } }, max: given.length, ...sortOf(SortCriteria, fieldOf) };
        const ids = SortCriteria === undefined ? given : hub.list(account, region, chosen).ids;
        const form = formOn(call.tx);
        const told = hub.get(account, region, ids).map((finding) => toModel(toGuardDuty(finding, form)));
        return { Findings: told.map((finding) => withFeedback(finding, call)) };
      },
    }),
    GetFindingsStatistics: operation<Choice & Statistics>({
      handle(input, call) {
        const { criteria } = criteriaOf(input);
        const hub = hubOf(call, input.DetectorId);
        if (input.GroupBy === undefined) {
          return { FindingStatistics: { CountBySeverity: hub.statistics(call.account, call.region, criteria) } };
        }
        if (input.FindingStatisticTypes !== undefined) {
          throw badRequest('both groupBy and findingStatisticTypes are specified as input parameters.');
        }
        const all = allOf(hub, call.account, call.region, criteria);
        const { GroupBy: by, OrderBy: order = 'DESC', MaxResults: max = limits.groups } = input;
        return { FindingStatistics: grouped(all, { by, order, max }) };
      },
    }),
    CreateSampleFindings: createSampleFindings(port),
    ArchiveFindings: archive(hubOf, true),
    UnarchiveFindings: archive(hubOf, false),
    UpdateFindingsFeedback: operation<ByIds & { Feedback: string; Comments?: string }>({
      handle(input, call) {
        const known = hubOf(call, input.DetectorId).get(call.account, call.region, input.FindingIds);
        if (known.length < input.FindingIds.length) throw invalid('findingIds');
        const { Feedback: feedback, Comments: comments } = input;
        for (const { id } of known)
          feedbacks.put(call, id, { feedback, ...(comments === undefined ? {} : { comments }) });
        return {};
      },
    }),
  };
}

/** It is the last id that was given. */
function checkToken(token: string | undefined): void {
  if (token !== undefined && !/^([0-9a-f]{32})?$/.test(token)) throw invalid('nextToken');
}

function sortOf(given: Sorting['SortCriteria'], fieldOf: FieldOf): { readonly sort?: SortBy } {
  if (given?.AttributeName === undefined) return {};
  if (fieldOf(given.AttributeName) === undefined) throw invalid('sortCriteria');
  return { sort: { attribute: given.AttributeName, order: given.OrderBy ?? 'ASC' } };
}

function archive(hubOf: (scope: Scope, detector: string) => Hub, archived: boolean): Operation {
  return operation<ByIds>({
    handle(input, call) {
      const hub = hubOf(call, input.DetectorId);
      const known = hub.get(call.account, call.region, input.FindingIds);
      if (known.length < input.FindingIds.length) throw invalid('findingIds');
      for (const { id } of known) hub.archive(call.account, call.region, id, archived, call.time);
      return {};
    },
  });
}

function withFeedback(finding: Record<string, unknown>, scope: Scope): Record<string, unknown> {
  const given = feedbacks.get(scope, String(finding['Id']));
  if (given === undefined) return finding;
  return { ...finding, Service: { ...(finding['Service'] as object), UserFeedback: given.feedback } };
}
