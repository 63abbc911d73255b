/**
 * The modules that CloudFormation adds to inline code which asks for them, in our own words, with the interface of
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-lambda-function-code-cfnresponsemodule.html
 */
export function responseModule(
  source: string,
  runtime: string,
): { readonly path: string; readonly source: string } | undefined {
  if (runtime.startsWith('python')) {
    return /\bcfnresponse\b/.test(source) ? { path: 'cfnresponse.py', source: python } : undefined;
  }
  return /['"]cfn-response['"]/.test(source) ? { path: 'node_modules/cfn-response/index.js', source: node } : undefined;
}

const node = `'use strict';
const https = require('node:https');

exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';

exports.send = function send(event, context, status, data, physicalResourceId, noEcho) {
  const body = JSON.stringify({
    Status: status,
    Reason: 'See the details in CloudWatch Log Stream: ' + context.logStreamName,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: data,
  });
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const end = () => {
      context.done();
      resolve();
    };
    const request = https.request(event.ResponseURL, { method: 'PUT', headers }, (response) => {
      console.log('Status code: ' + response.statusCode);
      response.resume();
      response.on('end', end);
    });
    request.on('error', (error) => {
      console.log('send failed: ' + error.message);
      end();
    });
    request.end(body);
  });
};
`;

const python = `import json
import urllib.request

SUCCESS = "SUCCESS"
FAILED = "FAILED"


def send(event, context, responseStatus, responseData, physicalResourceId=None, noEcho=False, reason=None):
    log = context.log_stream_name
    body = json.dumps({
        "Status": responseStatus,
        "Reason": reason or "See the details in CloudWatch Log Stream: " + log,
        "PhysicalResourceId": physicalResourceId or log,
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
        "NoEcho": noEcho,
        "Data": responseData,
    }).encode()
    request = urllib.request.Request(event["ResponseURL"], data=body, method="PUT", headers={"content-type": ""})
    try:
        with urllib.request.urlopen(request) as response:
            print("Status code:", response.status)
    except OSError as error:
        print("send failed:", error)
`;
