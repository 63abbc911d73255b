import type { JsonObject } from '../../../model/json.ts';
import { arnOf, type Caller, sessionIdentity, sessionKey, stamp } from '../caller.ts';
import type { Estate } from '../estate.ts';
import { addressOf, type Person, peopleOf, personOf, type Seat, teams } from '../people.ts';
import { day, type Habit, hour, minute, second } from '../timeline.ts';
import { atWork } from './work.ts';

/** People with single sign-on: the portal, then the console or the command line, some of it refused. */
export function beginOffice(estate: Estate): void {
  for (const person of peopleOf(estate)) estate.begin(days(estate, person));
  estate.begin(newcomers(estate));
}

function* newcomers(estate: Estate): Habit {
  for (let index = 0; ; index++) {
    yield estate.luck.about(4 * day);
    estate.begin(days(estate, personOf(estate, estate.luck.pick(teams), 200 + index)));
  }
}

const busy: Readonly<Record<Person['team'], number>> = {
  engineering: 0.45,
  operations: 0.9,
  security: 0.8,
  data: 0.6,
  support: 0.5,
  finance: 0.3,
};

function* days(estate: Estate, person: Person): Habit {
  const { luck } = person;
  yield luck.about(2 * hour);
  for (;;) {
    const wait = estate.untilWork(person.country);
    if (wait > 0) {
      yield wait + luck.about(70 * minute);
      continue;
    }
    if (luck.chance(busy[person.team]))
      yield* session(estate, person, luck.chance(0.5) ? luck.pick(person.seats) : person.seats[0]!);
    yield luck.about(5 * hour);
  }
}

/** On call: woken at night, working from home. */
export function* woken(estate: Estate, person: Person): Habit {
  yield* session(estate, person, person.luck.pick(person.seats));
}

function* session(estate: Estate, person: Person, seat: Seat): Habit {
  const { luck } = person;
  const account = estate.accounts[seat.account];
  const address = addressOf(person);
  yield* signIn(estate, person, address);
  const role = estate.role(
    account,
    `AWSReservedSSO_${seat.permissions}_${roleSuffix(estate, seat)}`,
    '/aws-reserved/sso.amazonaws.com/',
  );
  const inConsole = luck.chance(person.team === 'engineering' ? 0.5 : 0.75);
  const region = luck.chance(0.85) ? 'ap-northeast-1' : luck.pick(['eu-central-1', 'us-east-1']);
  const key = sessionKey(luck);
  const identity = sessionIdentity({ role, name: person.name, key, created: estate.now });
  assumesBySaml(estate, person, arnOf(role), role.id, account, key);
  let caller: Caller = {
    account,
    region,
    identity,
    from: address,
    agent: inConsole ? person.agent : person.cli,
    console: inConsole,
  };
  if (inConsole) consoleLogin(estate, caller, person);
  else estate.write({ ...caller, from: address }, 'sts:GetCallerIdentity');
  const until = estate.now + luck.about(50 * minute);
  do {
    yield luck.about(20 * second);
    yield* atWork(estate, person, seat, caller);
    yield luck.about(8 * minute);
    // The laptop moves while the session lives: to a meeting room, home, a VPN switched on.
    if (luck.chance(0.05)) caller = { ...caller, from: addressOf(person) };
  } while (estate.now < until);
}

function roleSuffix(estate: Estate, seat: Seat): string {
  return estate.luck.fork(`permission set ${seat.account} ${seat.permissions}`).hex(16);
}

/** The portal's own records are in the management account; a password is mistyped now and then. */
function* signIn(estate: Estate, person: Person, address: string): Habit {
  const { luck } = person;
  const account = estate.accounts.management;
  const identity: JsonObject = {
    type: 'IdentityCenterUser',
    accountId: account,
    onBehalfOf: {
      userId: luck.fork('id').uuid(),
      identityStoreArn: `arn:aws:identitystore::${account}:identitystore/d-95670e1c2a`,
    },
    credentialId: luck.uuid(),
  };
  const caller: Caller = { account, region: 'ap-northeast-1', identity, from: address, agent: person.agent };
  const more = { eventType: 'AwsServiceEvent' };
  const verify = (result: string) =>
    estate.write(caller, 'signin:CredentialVerification', {
      more: {
        ...more,
        serviceEventDetails: { CredentialVerification: result },
        additionalEventData: { CredentialType: 'PASSWORD', UserName: person.name },
      },
      reads: false,
    });
  while (luck.chance(0.08)) {
    verify('Failure');
    yield luck.about(6 * second);
  }
  verify('Success');
  yield luck.about(8 * second);
  estate.write(caller, 'signin:CredentialVerification', {
    more: {
      ...more,
      serviceEventDetails: { CredentialVerification: 'Success' },
      additionalEventData: { CredentialType: 'TOTP', UserName: person.name },
    },
    reads: false,
  });
  estate.write(caller, 'signin:UserAuthentication', {
    more: { ...more, serviceEventDetails: { UserAuthentication: 'Success' } },
    reads: false,
  });
  estate.write(caller, 'sso:Authenticate', { more, reads: false });
  estate.write(caller, 'sso:ListApplications', { more });
  yield luck.about(4 * second);
  estate.write(caller, 'sso:Federate', {
    more: { ...more, serviceEventDetails: { relayId: luck.uuid(), account_id: account, role_name: 'role' } },
    reads: false,
  });
}

function assumesBySaml(
  estate: Estate,
  person: Person,
  roleArn: string,
  roleId: string,
  account: string,
  key: string,
): void {
  const provider = `arn:aws:iam::${account}:saml-provider/AWSSSO_1c2a95670e1c2a95_DO_NOT_DELETE`;
  const identity = {
    type: 'SAMLUser',
    principalId: `${person.luck.fork('saml').capitals(20)}=:${person.name}`,
    userName: person.name,
    identityProvider: `${person.luck.fork('saml').capitals(20)}=`,
  };
  const caller: Caller = {
    account,
    region: 'us-east-1',
    identity,
    ...portal(person),
  };
  estate.write(caller, 'sts:AssumeRoleWithSAML', {
    request: {
      sAMLAssertionID: `_${person.luck.uuid()}`,
      roleSessionName: person.name,
      durationSeconds: 43_200,
      roleArn,
      principalArn: provider,
    },
    response: {
      subjectType: 'transient',
      issuer: 'https://portal.sso.ap-northeast-1.amazonaws.com/saml/assertion',
      credentials: {
        accessKeyId: key,
        expiration: stamp(estate.now + 12 * hour),
        sessionToken: person.luck.capitals(40),
      },
      assumedRoleUser: {
        assumedRoleId: `${roleId}:${person.name}`,
        arn: roleArn.replace(':iam:', ':sts:').replace(':role', ':assumed-role'),
      },
      subject: person.name,
      audience: 'https://signin.aws.amazon.com/saml',
    },
    resources: [
      { accountId: account, type: 'AWS::IAM::Role', ARN: roleArn },
      { accountId: account, type: 'AWS::IAM::SAMLProvider', ARN: provider },
    ],
  });
}

/** The portal signs in for people, from where it runs. */
function portal({ luck }: Person): { readonly from: string; readonly agent: string } {
  return {
    from: luck.pick(['3.112.40.11', '18.182.7.30', '52.68.91.4']),
    agent: 'aws-internal/3 aws-sdk-java/1.12.790 Linux/5.10.242 OpenJDK_64-Bit_Server_VM/17.0.15 java/17.0.15',
  };
}

function consoleLogin(estate: Estate, caller: Caller, person: Person): void {
  const { accessKeyId: _key, ...identity } = caller.identity;
  estate.write({ ...caller, ...portal(person), identity, region: 'us-east-1' }, 'signin:GetSigninToken', {
    response: { credentials: { accessKeyId: caller.identity['accessKeyId'] ?? '' }, GetSigninToken: 'Success' },
    more: { eventType: 'AwsConsoleSignIn', additionalEventData: { MobileVersion: 'No', MFAUsed: 'No' } },
    reads: false,
  });
  estate.write({ ...caller, identity }, 'signin:ConsoleLogin', {
    response: { ConsoleLogin: 'Success' },
    more: {
      eventType: 'AwsConsoleSignIn',
      additionalEventData: {
        MobileVersion: 'No',
        MFAUsed: 'No',
        MFAIdentifier: '',
        AuthWorkflowID: person.luck.uuid(),
        LoginTo: 'https://console.aws.amazon.com/',
      },
    },
    reads: false,
  });
}
