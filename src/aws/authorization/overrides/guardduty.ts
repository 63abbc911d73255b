import type { Entry, Override, Overrides } from '../table.ts';

const serviceLinkedRole = 'role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty';
const role = [[`=arn:\${Partition}:iam::\${Account}:${serviceLinkedRole}!`, {}]] as const;
const policies: readonly Entry[] = [
  { a: 'iam:PutRolePolicy', r: role },
  { a: 'iam:DeleteRolePolicy', r: role },
];

/** A list is read with the service-linked role, to which GuardDuty adds the object. */
const list: Override = {
  why: 'Adding, activating, moving and deleting a list needs both role policy actions on the service-linked role. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-lists-prerequisites.html',
  adds: policies,
};
/** Renaming and deactivating do not touch the role. */
const changed: Override = { ...list, adds: policies.map((entry) => ({ ...entry, if: 'TouchesRole' })), with: touches };

export const guardduty: Overrides = {
  operations: {
    CreateThreatIntelSet: list,
    UpdateThreatIntelSet: changed,
    DeleteThreatIntelSet: list,
    CreateIPSet: list,
    UpdateIPSet: changed,
    DeleteIPSet: list,
    ListDetectors: {
      why: 'A list over all detectors is asked on every one, as refusals show it; observed. https://docs.aws.amazon.com/guardduty/latest/ug/security_iam_id-based-policy-examples.html',
      change: { r: [['detector!', { DetectorId: '*' }]] },
    },
    CreateFilter: {
      why: 'The ARN ends in Name. https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateFilter.html',
      change: { r: [['filter!', { DetectorId: 'DetectorId', FilterName: 'Name' }]] },
    },
    DescribePublishingDestination: destination(),
    UpdatePublishingDestination: destination(),
    DeletePublishingDestination: destination(),
  },
  keys: {},
};

function destination(): Override {
  return {
    why: 'The member is called DestinationId. https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DeletePublishingDestination.html',
    change: {
      r: [['publishingDestination!', { DetectorId: 'DetectorId', PublishingDestinationId: 'DestinationId' }]],
      u: [],
    },
  };
}

function touches(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return input['Activate'] === true || input['Location'] !== undefined ? { TouchesRole: true } : {};
}
