import type { HostCommand } from '../seat.ts';
import { chpasswd, groupadd, passwd, useradd, userdel, usermod } from './accounts.ts';
import { agentControl } from './agent-control.ts';
import { aws } from './aws/aws.ts';
import { crontab } from './crontab.ts';
import { curl, wget } from './curl.ts';
import { date } from './date.ts';
import { dig } from './dig.ts';
import { env } from './env.ts';
import { facts } from './facts.ts';
import { chown, dd, mktemp, touch, umaskCommand } from './files.ts';
import { find } from './find/find.ts';
import { getent } from './getent.ts';
import { hydra } from './hydra.ts';
import { id } from './id.ts';
import { journalctl } from './journalctl.ts';
import { kill } from './kill.ts';
import { last, lastlog, who } from './last.ts';
import { logger } from './logger.ts';
import { ls } from './ls.ts';
import { mkdir } from './mkdir.ts';
import { nmap } from './nmap.ts';
import { nohup } from './nohup.ts';
import { notModelled } from './not-modelled.ts';
import { openssl } from './openssl.ts';
import { packages, rpm } from './packages.ts';
import { pager } from './pager.ts';
import { pgrep } from './pgrep.ts';
import { ping } from './ping.ts';
import { ps } from './ps.ts';
import { scp } from './scp.ts';
import { sleep } from './sleep.ts';
import { ss } from './ss.ts';
import { ssh, sshpass } from './ssh.ts';
import { sshKeygen } from './ssh-keygen.ts';
import { stat } from './stat.ts';
import { su } from './su.ts';
import { sudo } from './sudo.ts';
import { system } from './system.ts';
import { systemctl } from './systemctl.ts';
import { tail } from './tail.ts';
import { timeout } from './timeout.ts';

/** Every command that is ours. Those of just-bash that are used as they are: `bash/shell.ts`. */
export const commands: readonly HostCommand[] = [
  agentControl,
  aws,
  chown,
  chpasswd,
  crontab,
  curl,
  date,
  dd,
  dig,
  groupadd,
  hydra,
  id,
  kill,
  logger,
  mkdir,
  mktemp,
  nmap,
  nohup,
  openssl,
  packages,
  passwd,
  ping,
  ps,
  rpm,
  scp,
  sleep,
  ssh,
  sshKeygen,
  sshpass,
  su,
  sudo,
  system,
  systemctl,
  facts,
  getent,
  journalctl,
  last,
  lastlog,
  who,
  ls,
  pgrep,
  ss,
  stat,
  notModelled,
  pager,
  env,
  find,
  tail,
  timeout,
  touch,
  umaskCommand,
  useradd,
  userdel,
  usermod,
  wget,
];
