import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCommandInvocationCommand, SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { launch, managedProfile, newSubnet } from '../support/managed-instance.ts';
import { type TestRange, testRange } from '../support/range.ts';

async function managedInstance(range: TestRange): Promise<string> {
  await managedProfile(range);
  const instance = await launch(range, await newSubnet(range), { IamInstanceProfile: { Name: 'managed' } });
  await range.pass(120_000);
  return instance;
}

test('a command that ran when the range was killed times out, and the host takes the next one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-test-'));
  try {
    const first = await testRange({ folder: join(folder, 'first') });
    const InstanceId = await managedInstance(first);
    const send = async (range: TestRange, command: string) => {
      const Parameters = { commands: [command], executionTimeout: ['600'] };
      const { Command } = await new SSMClient(range.as()).send(
        new SendCommandCommand({ DocumentName: 'AWS-RunShellScript', InstanceIds: [InstanceId], Parameters }),
      );
      await range.pass(30_000);
      return Command?.CommandId ?? '';
    };
    const outcome = (range: TestRange, CommandId: string) =>
      new SSMClient(range.as()).send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
    const running = await send(first, 'sleep 300; touch /root/done');
    // What is on the disk at this moment is what a kill leaves.
    cpSync(join(folder, 'first'), join(folder, 'second'), { recursive: true });
    await first.close();

    const second = await testRange({ folder: join(folder, 'second') });
    expect((await outcome(second, running)).Status).toBe('InProgress');
    await second.pass(900_000);
    expect(await outcome(second, running)).toMatchObject({ Status: 'TimedOut', StatusDetails: 'ExecutionTimedOut' });
    const next = await send(second, 'ls /root/done || echo never');
    expect((await outcome(second, next)).StandardOutputContent).toBe('never\n');
    await second.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
