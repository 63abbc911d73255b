import type { Overrides } from '../table.ts';

const everyStack = [['=arn:${Partition}:cloudformation:${Region}:${Account}:stack/*/*!', {}]] as const;

export const cloudformation: Overrides = {
  operations: {
    CreateStack: {
      why: 'A new stack has no id yet. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html',
      change: { r: [['stack!', { StackName: 'StackName', Id: '*' }]] },
    },
    ListStacks: {
      why: 'A list over all stacks is asked on every one; observed. https://github.com/aws/copilot-cli/pull/5761',
      change: { r: everyStack },
    },
    DescribeStacks: {
      why: 'Without a name it needs ListStacks as well. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html',
      entries: [
        { a: 'cloudformation:ListStacks', if: '!StackName', r: everyStack },
        { a: 'cloudformation:DescribeStacks', r: [['stack', '@cloudformation:stack:StackName']] },
      ],
    },
  },
  keys: {
    'cloudformation:ImportResourceTypes': { from: 'absent', why: 'Importing resources is not built.' },
    'cloudformation:StackPolicyUrl': { from: 'absent', why: 'A change set takes no stack policy.' },
  },
};
