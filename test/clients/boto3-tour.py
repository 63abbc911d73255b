"""The tour with boto3. Prints one JSON line a step; the test reads them. Endpoint and keys come from the environment."""

import io
import json
import os
import time
import zipfile

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint = os.environ["AWS_ENDPOINT_URL"]


def client(service, **keys):
    # Debian's boto3 does not read AWS_ENDPOINT_URL.
    return boto3.client(service, endpoint_url=endpoint, config=Config(retries={"max_attempts": 1}), **keys)


def say(step, value):
    print(json.dumps({"step": step, "value": value}, default=str), flush=True)


def refused(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "not refused"


def allow(**more):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **more}]})


say("identity", client("sts").get_caller_identity()["Arn"])
say("wrong secret", refused(client("sts", aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"], aws_secret_access_key="wrong").get_caller_identity))

iam = client("iam")
iam.create_user(UserName="bare")
key = iam.create_access_key(UserName="bare")["AccessKey"]
bare = client("iam", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])
say("without policies", refused(bare.list_users))
say("users", [user["UserName"] for page in iam.get_paginator("list_users").paginate(PaginationConfig={"PageSize": 1}) for user in page["Users"]])

sns = client("sns")
topic = sns.create_topic(Name="news")["TopicArn"]
sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="b@example.com")
say("attributes", sns.get_topic_attributes(TopicArn=topic)["Attributes"]["SubscriptionsPending"])

events = client("events")
events.put_rule(Name="orders", EventPattern=json.dumps({"source": ["shop"]}))
say("tested pattern", events.test_event_pattern(EventPattern=json.dumps({"source": ["shop"]}), Event=json.dumps({"id": "1", "account": "111122223333", "source": "shop", "time": "2026-01-05T00:00:00Z", "region": "us-west-2", "resources": [], "detail-type": "Order", "detail": {}}))["Result"])

logs = client("logs")
logs.create_log_group(logGroupName="/app")
logs.create_log_stream(logGroupName="/app", logStreamName="one")
logs.put_log_events(logGroupName="/app", logStreamName="one", logEvents=[{"timestamp": int(time.time() * 1000), "message": "hello"}])
say("log", [event["message"] for event in logs.get_log_events(logGroupName="/app", logStreamName="one")["events"]])

s3 = client("s3")
s3.create_bucket(Bucket="boto-bucket", CreateBucketConfiguration={"LocationConstraint": os.environ["AWS_DEFAULT_REGION"]})
s3.put_object(Bucket="boto-bucket", Key="a b/ü.txt", Body=b"hello")
say("object", s3.get_object(Bucket="boto-bucket", Key="a b/ü.txt")["Body"].read().decode())
say("keys", [item["Key"] for item in s3.list_objects_v2(Bucket="boto-bucket")["Contents"]])
say("no such key", refused(s3.get_object, Bucket="boto-bucket", Key="none"))

packed = io.BytesIO()
with zipfile.ZipFile(packed, "w") as archive:
    archive.writestr("index.js", "exports.handler = async (event) => event.number + 1;")
role = iam.create_role(RoleName="fn", AssumeRolePolicyDocument=allow(Principal={"Service": "lambda.amazonaws.com"}, Action="sts:AssumeRole"))["Role"]["Arn"]
functions = client("lambda")
functions.create_function(FunctionName="next", Runtime="nodejs20.x", Handler="index.handler", Role=role, Code={"ZipFile": packed.getvalue()})
say("function", json.loads(functions.invoke(FunctionName="next", Payload=json.dumps({"number": 41}))["Payload"].read()))

trail = client("cloudtrail")
found = trail.lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "CreateTopic"}])["Events"]
say("trail", [(event["EventSource"], event["Username"]) for event in found])

detector = client("guardduty").create_detector(Enable=True)["DetectorId"]
say("findings", client("guardduty").list_findings(DetectorId=detector)["FindingIds"])

stacks = client("cloudformation")
stacks.create_stack(StackName="tour", TemplateBody=json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}))
stacks.get_waiter("stack_create_complete").wait(StackName="tour", WaiterConfig={"Delay": 1})
say("stack", stacks.describe_stacks(StackName="tour")["Stacks"][0]["StackStatus"])
stacks.delete_stack(StackName="tour")
stacks.get_waiter("stack_delete_complete").wait(StackName="tour", WaiterConfig={"Delay": 1})
say("gone", refused(stacks.describe_stacks, StackName="tour"))
