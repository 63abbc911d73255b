import type { Overrides } from '../table.ts';

export const cloudformation: Overrides = {
  operations: {
    CreateStack: {
      why: 'A new stack has no id yet. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html',
      change: { r: [['stack!', { StackName: 'StackName', Id: '*' }]] },
    },
  },
  keys: {
    'cloudformation:ImportResourceTypes': { from: 'absent', why: 'Importing resources is not built.' },
    'cloudformation:StackPolicyUrl': { from: 'absent', why: 'A change set takes no stack policy.' },
  },
};
