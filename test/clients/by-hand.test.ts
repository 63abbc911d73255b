import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aws, python, tourSkipped, versionOf } from '../../scripts/clients.mjs';
import { root, rootPath } from '../../src/root.ts';
import { awsCli } from './aws-cli.ts';
import { type DrilledRange, drilledRange } from './drilled-range.ts';
import { run } from './started-range.ts';

const caller = 'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom';
const role = 'threat-detection-wksp-compromised-ec2';
const answering = 'threat-detection-wksp-remediation-nacl';
const secureLog = ['--log-group-name', '/threat-detection-wksp/var/log/secure'];

/** Each call is a process of its own, and a busy machine is slow. */
const patience = { timeout: 180_000 };

/** The participant's way through the workshop's module 3, in the range that the drill left behind. */
describe.runIf(tourSkipped(root) === undefined)(`module 3 by hand, with ${aws} ${versionOf(aws)}`, patience, () => {
  let range: DrilledRange;
  const cli = awsCli(() => range);
  // What each step finds out, and the next goes on with.
  let [detector, accessKey, server, data, acl] = ['', '', '', '', ''];
  // The malicious host: its id, and its address inside and outside.
  let [host, inside, outside] = ['', '', ''];

  beforeAll(async () => {
    range = await drilledRange('workshop');
    detector = await cli.text('DetectorIds[0]', 'guardduty', 'list-detectors');
    data = `threat-detection-wksp-${await cli.text('Account', 'sts', 'get-caller-identity')}-us-west-2-data`;
  }, 120_000);
  afterAll(() => range.end());

  /** Severity, type and role of the findings where a field has this value. */
  async function findingsWhere(field: string, value: string): Promise<unknown> {
    const Criterion = { [field]: { Eq: [value] } };
    const where = ['--finding-criteria', JSON.stringify({ Criterion })];
    const ids = await cli.text(
      'join(`,`, FindingIds)',
      'guardduty',
      'list-findings',
      '--detector-id',
      detector,
      ...where,
    );
    const fields = 'Findings[].[Severity, Type, Service.ResourceRole, Resource.AccessKeyDetails]';
    const get = ['guardduty', 'get-findings', '--detector-id', detector, '--finding-ids', ...ids.split(',')];
    return cli(...get, '--sort-criteria', 'AttributeName=type,OrderBy=ASC', '--query', fields);
  }

  /** As through Session Manager. */
  async function onServer(command: string): Promise<string> {
    const { out, err } = await range.yagura('shell', server, '-c', command);
    return out + err;
  }

  /** The id of the keys that the metadata service hands out, and what the application gets with them. */
  async function ofServer(): Promise<{ readonly id: string; readonly reads: string }> {
    const metadata = 'http://169.254.169.254/latest/meta-data/iam/security-credentials';
    const said = await onServer(`curl -s ${metadata}/${role}; aws s3 cp s3://${data}/memo.txt -`);
    const reads = /\((AccessDenied)\)|PROPRIETARY/.exec(said);
    return { id: /"AccessKeyId" : "(\w+)"/.exec(said)?.[1] ?? said, reads: reads?.[1] ?? reads?.[0] ?? said };
  }

  const matching = async (pattern: string) =>
    (await cli(
      'logs',
      'filter-log-events',
      ...secureLog,
      '--filter-pattern',
      pattern,
      '--query',
      'events[].message',
    )) as string[];

  describe('part 1: compromised IAM credentials', () => {
    test('a mail names the access key', async () => {
      const { out } = await range.yagura('mail');
      const [, mail = ''] = out.split(`"GuardDuty finding ${caller}`);
      accessKey = /Access key: (ASIA\w+)\. User type: AssumedRole/.exec(mail)?.[1] ?? '';
      expect(accessKey).not.toBe('');
    });

    test('its findings are of a session of the server', async () => {
      const found = (await findingsWhere('resource.accessKeyDetails.accessKeyId', accessKey)) as [
        number,
        string,
        string,
        Record<string, string>,
      ][];
      expect(found.map(([severity, type]) => [severity, type])).toEqual([
        [5, 'Recon:IAMUser/MaliciousIPCaller.Custom'],
        [2, 'Stealth:IAMUser/PasswordPolicyChange'],
        [5, caller],
      ]);
      const [[, , , { PrincipalId, UserType, UserName } = {}] = []] = found;
      expect([UserType, UserName]).toEqual(['AssumedRole', role]);
      const [roleId, session = ''] = PrincipalId?.split(':') ?? [];
      expect(roleId).toBe(await cli.text('Role.RoleId', 'iam', 'get-role', '--role-name', role));
      server = session;
      const name = 'Reservations[0].Instances[0].Tags[?Key==`Name`].Value | [0]';
      const described = cli.text(name, 'ec2', 'describe-instances', '--instance-ids', server);
      expect(await described).toBe('threat-detection-wksp: Compromised Instance');
    });

    test('three of its calls are in the event history here, and that to a global service is in us-east-1', async () => {
      const by = ['--lookup-attributes', `AttributeKey=AccessKeyId,AttributeValue=${accessKey}`];
      const lookup = ['cloudtrail', 'lookup-events', ...by, '--query', 'Events[].CloudTrailEvent'];
      const calls = async (region: string) => {
        const events = (await cli(...lookup, '--region', region)) as string[];
        const records = events.map((text) => JSON.parse(text) as Record<string, string>);
        return new Set(
          records.map((record) => `${record['eventName']} ${record['sourceIPAddress']} ${record['errorCode']}`),
        );
      };
      const fields = 'Addresses[0].[InstanceId, PrivateIpAddress, PublicIp]';
      [host = '', inside = '', outside = ''] = (await cli.text(fields, 'ec2', 'describe-addresses')).split('\t');
      // Each service has its own word for being refused.
      expect(await calls('us-west-2')).toEqual(
        new Set([
          `DeleteBucket ${outside} AccessDenied`,
          `DescribeTrails ${outside} AccessDeniedException`,
          `ListBuckets ${outside} AccessDenied`,
        ]),
      );
      expect(await calls('us-east-1')).toEqual(new Set([`DeleteAccountPasswordPolicy ${outside} AccessDenied`]));
    });

    test('the stolen keys, which lie in a script on the server, are refused', async () => {
      const script = await onServer('cat /home/alice/calls.sh');
      const value = (name: string) => new RegExp(`${name}=(\\S+)`).exec(script)?.[1] ?? '';
      expect(value('AWS_ACCESS_KEY_ID')).toBe(accessKey);
      const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
      const stolen = Object.fromEntries(names.map((name) => [name, value(name)]));
      expect(
        await cli.refused(['s3api', 'get-object', '--bucket', data, '--key', 'config.ini', '/dev/null'], stolen),
      ).toContain('(AccessDenied)');
    });

    test('revoking all sessions takes the application down; a reboot does not help, a stop and a start do', async () => {
      const before = await ofServer();
      expect(before).toEqual({ id: expect.stringMatching(/^ASIA/), reads: 'PROPRIETARY' });
      const Condition = { DateLessThan: { 'aws:TokenIssueTime': range.now() } };
      const Statement = [{ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition }];
      const named = ['--role-name', role, '--policy-name', 'AWSRevokeOlderSessions'];
      const document = JSON.stringify({ Version: '2012-10-17', Statement });
      await cli('iam', 'put-role-policy', ...named, '--policy-document', document);
      const down = { id: before.id, reads: 'AccessDenied' };
      expect(await ofServer()).toEqual(down);
      await cli('ec2', 'reboot-instances', '--instance-ids', server);
      await range.pass(60_000);
      expect(await ofServer()).toEqual(down);
      await cli('ec2', 'stop-instances', '--instance-ids', server);
      await range.pass(60_000);
      await cli('ec2', 'wait', 'instance-stopped', '--instance-ids', server);
      await cli('ec2', 'start-instances', '--instance-ids', server);
      await range.pass(60_000);
      await cli('ec2', 'wait', 'instance-running', '--instance-ids', server);
      const { id, reads } = await ofServer();
      expect(reads).toBe('PROPRIETARY');
      expect(id).not.toBe(before.id);
    });
  });

  describe('part 2: compromised EC2 instance', () => {
    test('the server is the target of the guessing, another instance the actor', async () => {
      expect(await findingsWhere('resource.instanceDetails.instanceId', server)).toEqual([
        [5, 'UnauthorizedAccess:EC2/MaliciousIPCaller.Custom', 'TARGET', null],
        [2, 'UnauthorizedAccess:EC2/SSHBruteForce', 'TARGET', null],
      ]);
      expect(await findingsWhere('resource.instanceDetails.instanceId', host)).toEqual([
        [8, 'UnauthorizedAccess:EC2/SSHBruteForce', 'ACTOR', null],
      ]);
    });

    test("the server's log tells that the guessing succeeded, and as whom", async () => {
      const guessed = await matching('[Mon, day, timestamp, ip, id, msg1= Invalid, msg2 = user, ...]');
      expect(guessed.length).toBeGreaterThan(5);
      expect(await matching('[Mon, day, timestamp, ip, id, status = Invalid, ...]')).toEqual(guessed);
      const accepted = await matching('[Mon, day, timestamp, ip, id, msg1= Accepted, msg2 = password, ...]');
      expect(accepted[0]).toMatch(
        /ip-10-0-0-15 sshd\[\d+\]: Accepted password for alice from 10\.0\.1\.\d+ port \d+ ssh2$/,
      );
      expect(await matching('"Accepted password"')).toEqual(accepted);
    });

    test('a rule called a function, which changed the network ACL', async () => {
      const fields = 'Configuration.[FunctionArn, Role]';
      const [arn = '', itsRole] = (
        await cli.text(fields, 'lambda', 'get-function', '--function-name', answering)
      ).split('\t');
      const rule = 'threat-detection-wksp-guardduty-finding-sshbruteforce';
      const rules = await cli('events', 'list-rule-names-by-target', '--target-arn', arn, '--query', 'RuleNames');
      expect(rules).toContain(rule);
      expect(await cli.text('Targets[].Arn', 'events', 'list-targets-by-rule', '--rule', rule)).toBe(arn);
      expect(await cli.text('EventPattern', 'events', 'describe-rule', '--name', rule)).toContain('EC2/SSHBruteForce');
      const by = ['--lookup-attributes', 'AttributeKey=EventName,AttributeValue=CreateNetworkAclEntry'];
      const lookup = ['cloudtrail', 'lookup-events', ...by, '--query', 'Events[].CloudTrailEvent'];
      const records = ((await cli(...lookup)) as string[]).map((text) => JSON.parse(text));
      const denies = records.filter(({ requestParameters }) => requestParameters.ruleAction === 'deny');
      expect(denies).toHaveLength(2);
      for (const { userIdentity } of denies) expect(userIdentity.sessionContext.sessionIssuer.arn).toBe(itsRole);
    });

    test('the network ACL denies the two addresses of the host, each in one direction', async () => {
      const which = ['--filters', 'Name=tag:Name,Values=threat-detection-wksp-compromised'];
      acl = await cli.text('NetworkAcls[0].NetworkAclId', 'ec2', 'describe-network-acls', ...which);
      expect(await denied()).toEqual([
        { CidrBlock: `${outside}/32`, Egress: true, RuleNumber: 99 },
        { CidrBlock: `${inside}/32`, Egress: false, RuleNumber: 99 },
      ]);
    });

    test('without its entry the guessing comes through again; without the inbound SSH rule it does not', async () => {
      const guesses = async () => (await matching('sshd')).length;
      const minute = 60_000;
      const refused = await guesses();
      await range.pass(4 * minute);
      expect(await guesses()).toBe(refused);
      // Else the next update of the finding blocks the host again.
      const rule = await cli.text('Rules[?contains(Name, `sshbruteforce`)].Name | [0]', 'events', 'list-rules');
      await cli('events', 'disable-rule', '--name', rule);
      await cli('ec2', 'delete-network-acl-entry', '--network-acl-id', acl, '--ingress', '--rule-number', '99');
      // The guesser hangs on its last connection for a while.
      for (let n = 0; n < 12 && (await guesses()) === refused; n++) await range.pass(minute);
      expect(await guesses()).toBeGreaterThan(refused);
      const name = 'Reservations[0].Instances[0].SecurityGroups[0].GroupId';
      const group = await cli.text(name, 'ec2', 'describe-instances', '--instance-ids', server);
      const ssh = ['--protocol', 'tcp', '--port', '22', '--cidr', '10.0.0.0/16'];
      await cli('ec2', 'revoke-security-group-ingress', '--group-id', group, ...ssh);
      expect((await denied()).filter(({ Egress }) => !Egress)).toEqual([]);
      await range.pass(minute);
      const through = await guesses();
      await range.pass(4 * minute);
      expect(await guesses()).toBe(through);
    });

    async function denied() {
      const fields =
        'NetworkAcls[0].Entries[?RuleAction==`deny` && RuleNumber<`32767`].{CidrBlock: CidrBlock, Egress: Egress, RuleNumber: RuleNumber}';
      const entries = cli('ec2', 'describe-network-acls', '--network-acl-ids', acl, '--query', fields);
      return (await entries) as readonly { readonly CidrBlock: string; readonly Egress: boolean }[];
    }
  });

  test(`the gentler revocation, with ${python} and boto3`, async () => {
    const env = { ...range.env, NOW: range.now(), ROLE: role, INSTANCE: server, BUCKET: data };
    const { code, out, err } = await run(python, [rootPath('test', 'clients', 'boto3-by-hand.py')], env);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const said = Object.fromEntries(
      out
        .trim()
        .split('\n')
        .map((line) => Object.values(JSON.parse(line))),
    );
    // The stolen session, one of another instance, and one that this instance gets later.
    expect(said).toEqual({
      'all revoked': ['explicitDeny', 'explicitDeny', 'allowed'],
      'one revoked': ['explicitDeny', 'allowed', 'allowed'],
      'without the date': ['explicitDeny', 'allowed', 'explicitDeny'],
      findings: [
        [2, 'UnauthorizedAccess:EC2/SSHBruteForce'],
        [5, 'UnauthorizedAccess:EC2/MaliciousIPCaller.Custom'],
      ],
      'accepted as': ['alice'],
    });
  });
});
