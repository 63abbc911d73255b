import type { Estate } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { day, type Habit, minute } from '../timeline.ts';
import { comesIn } from './runner.ts';

/** Golden images are built once a week and given to the company's other accounts. */
export function* images(estate: Estate, luck: Luck): Habit {
  const others = [
    estate.accounts.production,
    estate.accounts.payments,
    estate.accounts.staging,
    estate.accounts.development,
  ];
  for (;;) {
    yield 4 * day + luck.about(2 * day);
    const caller = comesIn(
      estate,
      luck,
      'shared',
      'image-builder',
      'images',
      'APN/1.0 HashiCorp/1.0 packer/1.14.1 aws-sdk-go/1.55.7',
    );
    const imageId = `ami-${luck.hex(17)}`;
    const snapshotId = `snap-${luck.hex(17)}`;
    const add = { items: others.map((userId) => ({ userId })) };
    const steps = [
      ['ec2:CreateKeyPair', { keyName: `packer_${luck.hex(12)}` }],
      ['ec2:CreateSecurityGroup', { groupName: `packer_${luck.hex(12)}` }],
      [
        'ec2:RunInstances',
        { instancesSet: { items: [{ imageId, minCount: 1, maxCount: 1 }] }, instanceType: 'm7i.large' },
      ],
      ['ec2:CreateImage', { instanceId: `i-${luck.hex(17)}`, name: `golden-${luck.hex(4)}` }],
      ['ec2:ModifyImageAttribute', { imageId, attributeType: 'launchPermission', launchPermission: { add } }],
      [
        'ec2:ModifySnapshotAttribute',
        { snapshotId, attributeType: 'CREATE_VOLUME_PERMISSION', createVolumePermission: { add } },
      ],
      ['ec2:TerminateInstances', { instancesSet: { items: [{ instanceId: `i-${luck.hex(17)}` }] } }],
      ['ec2:DeleteSecurityGroup', { groupId: `sg-${luck.hex(17)}` }],
      ['ec2:DeleteKeyPair', { keyName: 'packer' }],
    ] as const;
    for (const [name, request] of steps) {
      estate.write(caller, name, { request });
      yield luck.about(2 * minute);
    }
  }
}
