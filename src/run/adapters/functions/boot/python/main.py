"""Runs inside the function's process: takes invocations from the runner on descriptor 3, a JSON object a line.

Time here is the machine's: only Node's functions live in virtual time.
"""
import http.client
import importlib
import json
import os
import socket
import sys
import time
import traceback
import urllib.parse

pipe = os.fdopen(os.dup(3), "w", buffering=1)
lines = os.fdopen(3, "r")
task_root = os.environ["LAMBDA_TASK_ROOT"]
sys.path.insert(0, task_root)


def say(message):
    pipe.write(json.dumps(message) + "\n")
    pipe.flush()


def on_lambda(text):
    return text.replace(task_root, "/var/task")


def through_door(connection):
    """What speaks to AWS's own names (CloudFormation's response URLs) reaches the range, and never AWS."""
    if connection.host.endswith(".amazonaws.com"):
        connection.sock = socket.create_connection((door.hostname, door.port), connection.timeout)
    else:
        connect(connection)


door = urllib.parse.urlsplit(os.environ["AWS_ENDPOINT_URL"])
connect = http.client.HTTPSConnection.connect
http.client.HTTPSConnection.connect = through_door


class LogStream:
    """A line of output is a line of the log, by the same pipe as everything else, so that the order holds."""

    def __init__(self):
        self.rest = ""

    def write(self, text):
        *whole, self.rest = (self.rest + on_lambda(text)).split("\n")
        for line in whole:
            say({"log": line})
        return len(text)

    def flush(self):
        if self.rest:
            say({"log": self.rest})
            self.rest = ""

    def isatty(self):
        return False


sys.stdout = sys.stderr = LogStream()


class Context:
    def __init__(self, facts, request_id, seconds):
        self.aws_request_id = request_id
        self.function_name = facts["functionName"]
        self.function_version = facts["functionVersion"]
        self.invoked_function_arn = facts["invokedFunctionArn"]
        self.memory_limit_in_mb = facts["memoryLimitInMB"]
        self.log_group_name = facts["logGroupName"]
        self.log_stream_name = facts["logStreamName"]
        self._until = time.monotonic() + seconds

    def get_remaining_time_in_millis(self):
        return max(0, int((self._until - time.monotonic()) * 1000))


class RuntimeFailure(Exception):
    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


def load():
    name = os.environ["_HANDLER"]
    path, _, member = name.rpartition(".")
    try:
        module = importlib.import_module(path.replace("/", "."))
    except Exception as error:
        raise RuntimeFailure("Runtime.ImportModuleError", f"Unable to import module '{path}': {error}") from error
    if not hasattr(module, member):
        raise RuntimeFailure("Runtime.HandlerNotFound", f"Handler '{member}' missing on module '{path}'")
    return getattr(module, member)


def described(error):
    if isinstance(error, RuntimeFailure):
        return {"errorType": error.kind, "errorMessage": str(error), "trace": []}
    frames = traceback.extract_tb(error.__traceback__)[1:]
    trace = [on_lambda(line) for line in traceback.format_list(frames)]
    return {"errorType": type(error).__name__, "errorMessage": str(error), "trace": trace}


handler = None
say({"ready": f"Python {sys.version.split()[0]}"})
for line in lines:
    message = json.loads(line)
    run = message.get("invoke")
    if not run:
        continue
    seconds = (run["deadline"] - message["now"]) / 1000
    try:
        handler = handler or load()
        result = handler(json.loads(run["payload"]), Context(run["context"], run["id"], seconds))
        answer = {"result": json.dumps(result)}
    except Exception as error:
        answer = {"error": described(error)}
        sys.stdout.write(f"[ERROR] {answer['error']['errorType']}: {answer['error']['errorMessage']}\n")
    sys.stdout.flush()
    say(answer)
