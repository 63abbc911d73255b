import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { AwsError } from '../../src/aws/error.ts';
import { rootPath } from '../../src/root.ts';
import { laboratory } from './laboratory.ts';

const values: Readonly<Record<string, string>> = {
  ResourceName: 'range',
  UserName: 'alice',
  UserPassword: 'password123',
  Guesses: '123456 password password123',
  GuessedUsers: 'root admin alice',
  ServerAddress: '10.0.0.15',
  ServerRole: 'range-compromised-ec2',
  HostAddress: '198.51.100.20',
  'AWS::AccountId': '111122223333',
  'AWS::Region': 'us-west-2',
};

/** The text of an instance's user data with the template's names filled in. */
function userData(resource: string): string {
  const tags = ['!Ref', '!Sub', '!GetAtt'].map((tag) => ({ tag, resolve: (text: string) => text }));
  const text = readFileSync(rootPath('templates', 'attack.yaml'), 'utf8');
  const { Resources } = parse(text, { customTags: tags, logLevel: 'error' });
  const script: string = Resources[resource].Properties.UserData['Fn::Base64'];
  return script.replaceAll(/\$\{([\w:]+)\}/g, (_, name: string) => values[name] ?? `missing ${name}`);
}

const role = {
  roleName: 'range-compromised-ec2',
  instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/range-compromised-ec2',
  instanceProfileId: 'AIPAEXAMPLE',
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'secret/of+role',
  sessionToken: 'token==of/role',
  issuedAt: 0,
  expiresAt: 1,
};

async function story(password = 'password123', seed = '1') {
  const refused = () => {
    throw new AwsError('AccessDenied', 'Access Denied');
  };
  const lab = laboratory(
    {
      'guardduty:ListDetectors': () => ({ DetectorIds: ['d1'] }),
      's3:GetObject': () => ({ Body: Buffer.from('[default]\n') }),
      's3:DeleteBucket': refused,
      'iam:CreateUser': refused,
    },
    seed,
  );
  const server = lab.host('server', {
    userData: userData('Server').replaceAll('password123', password),
    metadata: {
      credentials: () => role,
      options: () => ({ enabled: true, tokens: 'optional', hopLimit: 2 }),
    },
  });
  const stranger = lab.host('stranger', { userData: userData('Host') });
  server.boot();
  stranger.boot();
  await lab.pass(600_000);
  return { lab, server, stranger };
}

describe("the workshop's attack", () => {
  it('runs by what its two instances are told at first boot', async () => {
    const { lab, server, stranger } = await story();
    expect(server.disk.text('/var/log/cloud-init-output.log')).not.toMatch(/error|failed|bash:|passwd:|not found/i);
    const by = (operation: string) => lab.calls.filter((call) => call.operation === operation);
    expect(by('PutObject').map(({ input }) => input['Key'])).toEqual([
      'employees.csv',
      'config.ini',
      'memo.txt',
      'passwd.txt',
      'threats.txt',
    ]);
    expect(by('PutBucketAcl')[0]?.input).toEqual({ Bucket: 'range-111122223333-us-west-2-data', ACL: 'public-read' });
    expect(by('CreateThreatIntelSet')[0]?.input).toMatchObject({
      DetectorId: 'd1',
      Format: 'TXT',
      Location: 's3://range-111122223333-us-west-2-gd-threatlist/threats.txt',
      Activate: true,
    });
    expect(stranger.disk.text('/opt/attack/calls.sh')).toContain('AWS_SESSION_TOKEN=token==of/role\n');
    const stolen = by('DeleteAccountPasswordPolicy');
    expect(stolen.length).toBeGreaterThan(1);
    expect(stolen[0]?.credentials).toMatchObject({ accessKeyId: 'ASIAEXAMPLE', sessionToken: 'token==of/role' });
    const lines = by('PutLogEvents').flatMap(({ input }) => input['logEvents'] as { message: string }[]);
    expect(lines.some(({ message }) => message.includes('Accepted password for alice'))).toBe(true);
    expect(by('PutLogEvents')[0]?.input).toMatchObject({
      logGroupName: '/range/var/log/secure',
      logStreamName: 'i-server/ssh',
    });
    expect(by('CreateUser').length).toBeGreaterThan(5);
    const pings = lab.flows.filter((flow) => flow['protocol'] === 1 && flow['dstaddr'] === '198.51.100.20');
    expect(pings.length).toBeGreaterThan(5);
    expect(stranger.disk.text('/var/log/attack.log')).toContain('An error occurred (AccessDenied)');
  });

  it('goes nowhere with another password', async () => {
    const { lab } = await story('unguessable7');
    expect(lab.calls.some((call) => call.operation === 'DeleteAccountPasswordPolicy')).toBe(false);
  });

  it('is the same to the byte with the same seed', async () => {
    const print = async () => {
      const { lab, server, stranger } = await story();
      return JSON.stringify([lab.calls, lab.flows, server.toJSON(), stranger.toJSON()]);
    };
    expect(await print()).toBe(await print());
  });
});
