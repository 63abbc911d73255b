"""Module 3 with boto3: one session is revoked, not all. Prints one JSON line a step; the test reads them."""

import json
import os

import boto3
from botocore.config import Config

role, instance, bucket, now = (os.environ[name] for name in ("ROLE", "INSTANCE", "BUCKET", "NOW"))


def client(service):
    # Debian's boto3 does not read AWS_ENDPOINT_URL.
    return boto3.client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"], config=Config(retries={"max_attempts": 1}))


def say(step, value):
    print(json.dumps({"step": step, "value": value}, default=str), flush=True)


iam = client("iam")
described = iam.get_role(RoleName=role)["Role"]
session = f"{described['RoleId']}:{instance}"


def deny(**condition):
    statement = {"Effect": "Deny", "Action": ["*"], "Resource": ["*"], "Condition": condition}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def decided(user, issued):
    """What the policy simulator says to a session of the role."""
    context = [
        {"ContextKeyName": "aws:userid", "ContextKeyType": "string", "ContextKeyValues": [user]},
        {"ContextKeyName": "aws:TokenIssueTime", "ContextKeyType": "date", "ContextKeyValues": [issued]},
    ]
    answer = iam.simulate_principal_policy(
        PolicySourceArn=described["Arn"],
        ActionNames=["s3:GetObject"],
        ResourceArns=[f"arn:aws:s3:::{bucket}/memo.txt"],
        ContextEntries=context,
    )
    return answer["EvaluationResults"][0]["EvalDecision"]


def decisions():
    """Of the stolen session, one of another instance, and one that this instance gets later."""
    return [
        decided(session, "2020-01-01T00:00:00Z"),
        decided(f"{described['RoleId']}:i-another", "2020-01-01T00:00:00Z"),
        decided(session, "2100-01-01T00:00:00Z"),
    ]


say("all revoked", decisions())
iam.put_role_policy(
    RoleName=role,
    PolicyName="RevokeOneSession",
    PolicyDocument=deny(DateLessThan={"aws:TokenIssueTime": now}, StringEquals={"aws:userid": session}),
)
iam.delete_role_policy(RoleName=role, PolicyName="AWSRevokeOlderSessions")
say("one revoked", decisions())
# The session's user id stays the same after a restart: without the date the healthy instance is locked out for ever.
iam.put_role_policy(RoleName=role, PolicyName="RevokeOneSession", PolicyDocument=deny(StringEquals={"aws:userid": session}))
say("without the date", decisions())
iam.delete_role_policy(RoleName=role, PolicyName="RevokeOneSession")

detector = client("guardduty").list_detectors()["DetectorIds"][0]
pages = client("guardduty").get_paginator("list_findings").paginate(
    DetectorId=detector, FindingCriteria={"Criterion": {"resource.instanceDetails.instanceId": {"Eq": [instance]}}}
)
found = client("guardduty").get_findings(DetectorId=detector, FindingIds=[id for page in pages for id in page["FindingIds"]])
say("findings", sorted([finding["Severity"], finding["Type"]] for finding in found["Findings"]))
events = client("logs").get_paginator("filter_log_events").paginate(
    logGroupName="/threat-detection-wksp/var/log/secure", filterPattern='"Accepted password"', PaginationConfig={"PageSize": 1}
)
say("accepted as", sorted({event["message"].split()[8] for page in events for event in page["events"]}))
