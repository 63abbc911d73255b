import { toGuardDuty } from '../../../aws/findings/guardduty.ts';
import type { Criteria } from '../../../findings/criteria.ts';
import type { Hub } from '../../../findings/hub.ts';
import type { Operation, Scope } from '../../operation.ts';
import { operation } from '../../operation.ts';
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
export function findingOperations(port: GuardDutyPort): Readonly<Record<string, Operation>> {
  const hubOf = (scope: Scope, detector: string): Hub => {
    detectorOf(scope, detector);
    return port.hub(awsFindings(scope.tx), formOn(scope.tx));
  };
  return {
    ListFindings: operation<Choice & Sorting>({
      handle(input, call) {
        const { SortCriteria: sort, MaxResults: max = limits.page, NextToken: after } = input;
        const { ids, next = '' } = hubOf(call, input.DetectorId).list(call.account, call.region, {
          ...criteriaOf(input),
          ...(sort?.AttributeName === undefined
            ? {}
            : { sort: { attribute: sort.AttributeName, order: sort.OrderBy ?? 'ASC' } }),
          max,
          ...(after ? { after } : {}),
        });
        return { FindingIds: ids, NextToken: next };
      },
    }),
    GetFindings: operation<ByIds & Sorting>({
      handle(input, call) {
        const found = hubOf(call, input.DetectorId).get(call.account, call.region, input.FindingIds);
        const form = formOn(call.tx);
        return {
          Findings: found.map((finding) => withFeedback(toModel(toGuardDuty(finding, form)), finding.id, call)),
        };
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

function criteriaOf({ FindingCriteria }: Choice): { readonly criteria?: Criteria } {
  return FindingCriteria?.Criterion === undefined ? {} : { criteria: FindingCriteria.Criterion };
}

function withFeedback(finding: Record<string, unknown>, id: string, scope: Scope): Record<string, unknown> {
  const given = feedbacks.get(scope, id);
  if (given === undefined) return finding;
  return { ...finding, Service: { ...(finding['Service'] as object), UserFeedback: given.feedback } };
}
