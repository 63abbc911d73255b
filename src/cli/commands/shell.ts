import { createInterface } from 'node:readline/promises';
import { ask } from '../../run/adapters/door/client.ts';
import { type ClientSettings, call, refusalOf } from '../../run/drill/sdk.ts';
import { UserError } from '../../run/errors.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import type { Invocation } from '../invocation.ts';
import { limits } from '../limits.ts';
import { portOf, portOption } from '../port.ts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly endpoint: string;
}

interface Ran {
  readonly status: string;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

const folderMark = '__yagura_folder=';

export const shell: Command = {
  arguments: [{ name: '<instance>', words: { en: 'an instance id (i-...)', ja: 'インスタンス ID (i-...)' } }],
  options: [
    portOption,
    { flags: '-c, --command <command>', words: { en: 'run this and end', ja: 'このコマンドを実行して終了' } },
  ],
  examples: ["npx yagura shell i-0123456789abcdef0 -c 'cat /var/log/secure'"],
  async run(invocation) {
    const settings = await settingsOf(invocation);
    const instance = invocation.arguments[0] ?? '';
    const command = invocation.text('command');
    if (command !== undefined) {
      const ran = await runOn(instance, command, '', settings);
      print(ran, invocation);
      return ran.exit === 0 ? exit.expected : exit.judged;
    }
    return converse(instance, settings, invocation);
  },
};

async function settingsOf(invocation: Invocation): Promise<ClientSettings> {
  const answer = (await ask(portOf(invocation), invocation.terminal.env, 'credentials')) as Credentials;
  const { accessKeyId, secretAccessKey, region, endpoint } = answer;
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey }, systemClockOffset: 0 };
}

/** Line by line: each is a command of Systems Manager, run as root, in the folder where the last one ended. */
async function converse(instance: string, settings: ClientSettings, invocation: Invocation) {
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: process.stdin.isTTY });
  let folder = '/root';
  const prompt = () => {
    lines.setPrompt(`[root@${instance} ${folder}]# `);
    lines.prompt();
  };
  prompt();
  for await (const line of lines) {
    if (/^\s*(exit|logout)\s*$/.test(line)) break;
    if (line.trim() !== '') {
      const script = `${line}\nstatus=$?\nprintf '\\n${folderMark}%s\\n' "$PWD"\nexit $status`;
      const ran = await runOn(instance, script, folder, settings);
      const at = ran.stdout.lastIndexOf(`\n${folderMark}`);
      if (at >= 0) folder = ran.stdout.slice(at + folderMark.length + 1).trim();
      print({ ...ran, stdout: at >= 0 ? ran.stdout.slice(0, at) : ran.stdout }, invocation);
    }
    prompt();
  }
  lines.close();
  return exit.expected;
}

function print({ stdout, stderr }: Ran, { terminal }: Invocation): void {
  // The agent's last line says what the exit code says.
  const said = stderr.replace(/failed to run commands: exit status \d+$/, '');
  if (stdout !== '') terminal.out(stdout.endsWith('\n') ? stdout : `${stdout}\n`);
  if (said !== '') terminal.err(said.endsWith('\n') ? said : `${said}\n`);
}

/** A command of Systems Manager, so that it is authorised and recorded like anybody's. */
async function runOn(instance: string, command: string, folder: string, settings: ClientSettings): Promise<Ran> {
  const input = {
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [instance],
    Parameters: { commands: [command], ...(folder === '' ? {} : { workingDirectory: [folder] }) },
  };
  const sent = await call('ssm.SendCommand', input, settings).catch((error: unknown) => {
    throw refused(instance, error);
  });
  const { CommandId } = sent['Command'] as { readonly CommandId: string };
  const began = performance.now();
  for (;;) {
    const got = await call('ssm.GetCommandInvocation', { CommandId, InstanceId: instance }, settings);
    const status = String(got['Status']);
    const over = status !== 'Pending' && status !== 'InProgress';
    if (over || performance.now() - began > limits.commandMs) {
      return {
        status,
        exit: over ? Number(got['ResponseCode']) : 1,
        stdout: String(got['StandardOutputContent'] ?? ''),
        stderr: over ? String(got['StandardErrorContent'] ?? '') : `${CommandId} is still ${status}\n`,
      };
    }
    await new Promise((resolve) => setTimeout(resolve, limits.lookMs));
  }
}

function refused(instance: string, error: unknown): unknown {
  const refusal = refusalOf(error);
  if (refusal === undefined) return error;
  return new UserError({
    code: 'SHELL_NO_AGENT',
    message: {
      en: `Systems Manager runs nothing on ${instance}: ${refusal.code}: ${refusal.message}`,
      ja: `Systems Manager は ${instance} でコマンドを実行できません: ${refusal.code}: ${refusal.message}`,
    },
    expected: {
      en: 'an instance that has booted, with a profile whose role allows ssm:UpdateInstanceInformation, ssmmessages:* and ec2messages:*',
      ja: '起動済みで、ロールが ssm:UpdateInstanceInformation、ssmmessages:*、ec2messages:* を許可しているインスタンス',
    },
    hint: 'aws ssm describe-instance-information',
  });
}
