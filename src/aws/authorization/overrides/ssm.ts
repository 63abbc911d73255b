import type { Override, Overrides } from '../table.ts';
import { listAt, textAt } from './members.ts';

type Input = Readonly<Record<string, unknown>>;
const instances = [
  ['=arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}', { InstanceId: 'Instances[]' }],
  ['managed-instance', { InstanceId: 'Managed[]' }],
] as const;
const document = ['document!', { DocumentName: 'DocumentName' }] as const;

export const ssm: Overrides = {
  operations: {
    SendCommand: {
      why: 'i- are EC2 instances, mi- managed ones; Targets name instances by tag or id in state. https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command-setting-up.html',
      change: { r: [document, ...instances, ['instance', '@ssm:targets:Targeted']] },
      with: (input) => ({ ...sorted(listAt(input, 'InstanceIds')), ...targeted(input) }),
    },
    StartSession: {
      why: 'Target is the instance. https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-quickstart.html',
      change: { r: [['document', { DocumentName: 'DocumentName' }], ...instances] },
      with: (input) => sorted([input['Target']]),
    },
    GetConnectionStatus: {
      why: 'Target is the instance. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetConnectionStatus.html',
      change: { r: instances, u: [] },
      with: (input) => sorted([input['Target']]),
    },
    GetParameter: {
      why: 'Name may carry a version or label, which the ARN does not. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html',
      change: { r: [['parameter!', { ParameterNameWithoutLeadingSlash: 'Parameter' }]] },
      with: (input) => ({ Parameter: unselected(textAt(input, 'Name')) }),
    },
    GetParametersByPath: {
      why: 'The resource is the path. https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html',
      change: { r: [['parameter!', { ParameterNameWithoutLeadingSlash: 'Path' }]], u: [] },
    },
    AddTagsToResource: ofResource(),
    RemoveTagsFromResource: ofResource(),
    ListTagsForResource: ofResource(),
  },
  keys: {
    'ssm:DocumentType': { from: 'state', why: 'Of the document named.' },
    'ssm:DocumentCategories': { from: 'state', why: 'Of the document named.' },
    'ssm:SessionDocumentAccessCheck': { from: 'absent', why: 'Session Manager asks for it only when the policy does.' },
    'ssm:AccessRequestId': { from: 'absent', why: 'Just-in-time access is not built.' },
    'ssm:SourceInstanceARN': { from: 'state', why: 'The instance whose credentials sign.' },
    'ec2:SourceInstanceARN': { from: 'state', why: 'The instance whose credentials sign.' },
    'ssm:InventoryTypeName': { from: 'absent', why: 'Inventory is not built.' },
  },
  // Observed in refusals of DescribeInstanceInformation and DescribeParameters, not documented.
  whole: 'arn:${Partition}:ssm:${Region}:${Account}:*',
};

function sorted(ids: readonly unknown[]): Input {
  const managed = (id: unknown) => typeof id === 'string' && id.startsWith('mi-');
  return { Instances: ids.filter((id) => !managed(id)), Managed: ids.filter(managed) };
}

function targeted(input: Input): Input {
  const targets = listAt(input, 'Targets');
  return targets.length === 0 ? {} : { Targeted: JSON.stringify(targets) };
}

/** `name:3` and `name:label`; an ARN keeps its colons. */
function unselected(name: string | undefined): string | undefined {
  return name?.startsWith('arn:') ? name.replace(/(:parameter\/[^:]*):[^:]*$/, '$1') : name?.replace(/:.*$/, '');
}

/** ResourceType names the ARN's type, with another spelling only where a table says so. */
function ofResource(): Override {
  return {
    why: 'The type of the resource is a member. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html',
    change: {
      r: [
        ['parameter', { ParameterNameWithoutLeadingSlash: 'Parameter' }],
        ['=arn:${Partition}:ssm:${Region}:${Account}:${Type}/${Id}', { Type: 'Type', Id: 'Id' }],
      ],
      u: [],
    },
    with: (input) => {
      const type = textAt(input, 'ResourceType') ?? '';
      const id = input['ResourceId'];
      return type === 'Parameter' ? { Parameter: id } : { Type: arnTypes[type] ?? type.toLowerCase(), Id: id };
    },
  };
}

const arnTypes: Readonly<Record<string, string>> = {
  ManagedInstance: 'managed-instance',
  Automation: 'automation-execution',
};
