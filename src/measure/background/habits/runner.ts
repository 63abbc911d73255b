import { arnOf, type Caller, sessionIdentity, sessionKey } from '../caller.ts';
import type { AccountName, Estate } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { countries, runnerAddress } from '../places.ts';
import { type Habit, hour, minute } from '../timeline.ts';
import { given } from './services.ts';

const issuer = 'token.actions.githubusercontent.com';

/** Pushes come when people work, here and there at night. */
export function* pushes(estate: Estate, luck: Luck): Habit {
  const wait = estate.untilWork(countries.jp, 9, 23);
  yield wait > 0 && !luck.chance(0.05) ? wait + luck.about(hour) : luck.about(2 * minute);
}

/** The runner trades the code host's token for a session of a role; hosted runners call from anywhere. */
export function comesIn(
  estate: Estate,
  luck: Luck,
  name: AccountName,
  roleName: string,
  repository: string,
  tool: string,
): Caller {
  const account = estate.accounts[name];
  const role = estate.role(account, roleName);
  const from = runnerAddress(luck);
  const region = 'ap-northeast-1';
  const session = 'GitHubActions';
  const subject = `repo:example/${repository}:ref:refs/heads/main`;
  const provider = `arn:aws:iam::${account}:oidc-provider/${issuer}`;
  const key = sessionKey(luck);
  estate.write(
    {
      account,
      region,
      from,
      agent: 'aws-sdk-nodejs/2.1692.0 linux/v20.19.4 configure-aws-credentials-for-github-actions promise',
      identity: {
        type: 'WebIdentityUser',
        principalId: `${provider}:sts.amazonaws.com:${subject}`,
        userName: subject,
        identityProvider: provider,
      },
    },
    'sts:AssumeRoleWithWebIdentity',
    {
      request: { roleArn: arnOf(role), roleSessionName: session, durationSeconds: 3_600 },
      response: {
        subjectFromWebIdentityToken: subject,
        audience: 'sts.amazonaws.com',
        provider,
        ...given(estate, luck, role, session, key),
      },
      resources: [{ accountId: account, type: 'AWS::IAM::Role', ARN: arnOf(role) }],
    },
  );
  return {
    account,
    region,
    from,
    agent: agents[tool] ?? tool,
    identity: sessionIdentity({ role, name: session, key, created: estate.now, provider }),
  };
}

const agents: Readonly<Record<string, string>> = {
  terraform:
    'APN/1.0 HashiCorp/1.0 Terraform/1.13.1 (+https://www.terraform.io) terraform-provider-aws/6.10.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.38.1 ua/2.1 os/linux lang/go#1.24.5 md/GOOS#linux md/GOARCH#amd64',
  'aws-sdk-nodejs':
    'aws-cli/2.28.11 md/awscrt#0.27.2 ua/2.1 os/linux#6.11.0-1018-azure md/arch#x86_64 lang/python#3.13.4 md/pyimpl#CPython exec-env/GitHub_Actions',
};
