// npm test: everything, from a fresh clone, with nothing installed outside the checkout.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tourSkipped, validatingAws } from './clients.mjs';
import { ensure, root } from './ensure.mjs';
import { step } from './step.mjs';

await ensure();
const report = join(root, '.cache', 'vitest.json');
mkdirSync(join(root, '.cache'), { recursive: true });
rmSync(report, { force: true });

const results = [
  { name: 'format and lint', passed: step.biome() },
  { name: 'types', passed: step.types() },
];
const ended = step.vitest('--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
const tests = counted(report);
// A run that ended badly with every test passing (a crash, an unhandled error) is a failure of its own.
results.push({ name: 'tests', passed: ended || tests.failed > 0 });

const skipped = tourSkipped(root);
if (skipped) {
  process.stdout.write(`\nThe tour with awscli and boto3 was SKIPPED: ${skipped}.\n`);
  if (process.env.CI) results.push({ name: 'the tour, which CI must not skip', passed: false });
} else {
  process.stdout.write('\nThe tour with awscli and boto3 was part of the tests.\n');
  if (!validatingAws()) {
    process.stdout.write(
      'Of it, `aws cloudtrail validate-logs` was SKIPPED: it needs an AWS CLI from 1.29 or 2.13 on PATH.\n',
    );
  }
}
for (const { name, passed } of results) if (!passed) process.stdout.write(`failed: ${name}\n`);
const failed = tests.failed + results.filter((each) => !each.passed).length;
const passed = tests.passed + results.filter((each) => each.passed).length;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** Test files that could not even be loaded have no failed test in them; each counts as one. */
function counted(file) {
  let json;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1 };
  }
  const broken = json.testResults.filter(
    (each) => each.status === 'failed' && each.assertionResults.every((test) => test.status !== 'failed'),
  );
  return { passed: json.numPassedTests, failed: json.numFailedTests + broken.length };
}
