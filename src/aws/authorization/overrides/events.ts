import type { Override, Overrides } from '../table.ts';
import { isRecord, listAt, textAt } from './members.ts';

type Input = Readonly<Record<string, unknown>>;
const state = (why: string) => ({ from: 'state', why }) as const;
const absent = (why: string) => ({ from: 'absent', why }) as const;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html */
const patternKeys = {
  'events:source': 'PatternSource[]',
  'events:detail-type': 'PatternDetailType[]',
  'events:detail.service': 'PatternService[]',
  'events:detail.eventTypeCode': 'PatternEventTypeCode[]',
  'events:detail.userIdentity.principalId': 'PatternPrincipalId[]',
};

export const events: Overrides = {
  operations: {
    PutRule: {
      ...onRule('Name'),
      change: { ...onRule('Name').change, k: patternKeys, x: ['events:ManagedBy'] },
      with: putRule,
    },
    DeleteRule: onRule('Name'),
    DescribeRule: onRule('Name'),
    EnableRule: onRule('Name'),
    DisableRule: onRule('Name'),
    PutTargets: {
      ...onRule('Rule'),
      change: { ...onRule('Rule').change, k: { 'events:TargetArn': 'Targets[].Arn' }, x: ['events:ManagedBy'] },
    },
    RemoveTargets: onRule('Rule'),
    ListTargetsByRule: onRule('Rule'),
    ListRules: onEvery('rule'),
    ListEventBuses: onEvery('event-bus'),
    PutEvents: {
      why: 'Each entry names its bus, the default one if none. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html',
      change: { r: [['event-bus!', { EventBusName: 'Buses[]' }]], u: [] },
      with: (input) => ({
        Buses: [
          ...new Set(
            listAt(input, 'Entries')
              .filter(isRecord)
              .map((each) => textAt(each, 'EventBusName') ?? 'default'),
          ),
        ],
      }),
    },
    DescribeEventBus: {
      why: 'Without a name it is the default bus. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html',
      change: { r: [['event-bus!', { EventBusName: 'Name|=default' }]] },
    },
    CreateArchive: {
      why: 'EventSourceArn is the bus. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html',
      change: {
        r: [
          ['archive!', { ArchiveName: 'ArchiveName' }],
          ['!', 'EventSourceArn'],
        ],
        u: [],
      },
    },
  },
  keys: {
    'events:creatorAccount': state('The account that made the rule.'),
    'events:ManagedBy': { from: 'absent', why: 'Rules that a service manages are not built.' },
    'events:eventBusInvocation': absent('True only for a bus that targets a bus of another account; not built.'),
    'events:SystemMetadata/*': absent('Event buses of the second version are not built.'),
  },
};

/** What a list over all of a type is asked on, as refusals show it. Observed, not documented. */
function onEvery(type: string): Override {
  return {
    why: `A policy for every ${type} lets list them. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html (the ARN: observed)`,
    change: { r: [[`=arn:\${Partition}:events:\${Region}:\${Account}:${type}/*!`, {}]] },
  };
}

/**
 * A rule's ARN holds its bus unless that is the default one, which may be named, or be an ARN.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html
 */
function onRule(member: string): Override {
  return {
    why: 'The bus is optional, a name or an ARN; rules on the default bus have no bus in their ARN. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html',
    change: {
      r: [
        ['rule-on-custom-event-bus', { EventBusName: 'CustomBus', RuleName: 'CustomRule' }],
        ['rule-on-default-event-bus', { RuleName: 'DefaultRule' }],
      ],
    },
    with: (input) => onBus(input, member),
  };
}

function onBus(input: Input, member: string): Input {
  const bus = (textAt(input, 'EventBusName') ?? 'default').replace(/^arn:.*:event-bus\//, '');
  const rule = textAt(input, member);
  return bus === 'default' ? { DefaultRule: rule } : { CustomBus: bus, CustomRule: rule };
}

function putRule(input: Input): Input {
  const pattern = parsed(textAt(input, 'EventPattern'));
  const detail = isRecord(pattern['detail']) ? pattern['detail'] : {};
  const identity = isRecord(detail['userIdentity']) ? detail['userIdentity'] : {};
  return {
    ...onBus(input, 'Name'),
    PatternSource: listAt(pattern, 'source'),
    PatternDetailType: listAt(pattern, 'detail-type'),
    PatternService: listAt(detail, 'service'),
    PatternEventTypeCode: listAt(detail, 'eventTypeCode'),
    PatternPrincipalId: listAt(identity, 'principalId'),
  };
}

/** A pattern that is no JSON has no keys; PutRule refuses it after it was authorised. */
function parsed(text: string | undefined): Input {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
