import { laboratory } from '../test/hosts/laboratory.ts';
import { cpuOf, type Figure, figureOf } from './figure.ts';

/** 150 hosts, each with a daemon that beats every minute and a cron job every five: boot, a virtual hour, memory. */
export async function hosts(): Promise<readonly Figure[]> {
  const lab = laboratory();
  const userData = `#!/bin/bash
dnf install -y cronie
echo '*/5 * * * * root date +\\%s >> /var/log/cron-job' > /etc/cron.d/job
(while :; do echo "$SECONDS" >> /var/log/beat; sleep 60; done) &
`;
  const all = Array.from({ length: 150 }, (_, i) => lab.host('server', { id: `i-${i}`, userData }));
  const booted = await cpuOf(async () => {
    for (const host of all) host.boot();
    await lab.pass(30_000);
  });
  const hour = await cpuOf(() => lab.pass(3_600_000));
  const memory = process.memoryUsage().rss / 1e6;
  for (const { disk, spec } of all) {
    const beats = disk.text('/var/log/beat').split('\n').length;
    const jobs = disk.text('/var/log/cron-job').split('\n').length;
    if (beats < 60 || jobs < 12) throw new Error(`${spec.id} has ${beats} beats and ${jobs} runs of its cron job`);
  }
  // Their daemons would keep this process alive.
  for (const host of all) host.stop();
  const beside = 'a daemon and a cron job each, CPU time';
  return [
    figureOf('boot of 150 hosts', [booted], { unit: 's', atMost: 2, beside }),
    figureOf('a virtual hour of 150 hosts', [hour], { unit: 's', atMost: 8, beside }),
    figureOf('memory of 150 hosts', [memory], { unit: 'MB', atMost: 400, beside: 'the whole process' }),
  ];
}
