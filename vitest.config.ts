import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // By itself it leaves one core idle, which of two is half of the machine.
    maxWorkers: '100%',
    projects: [
      // The inner loop: pure tests beside the code, no process, no socket.
      { test: { name: 'unit', include: ['src/**/*.test.ts', 'test/tidy/**/*.test.ts'], testTimeout: 60_000 } },
      // Everything that needs a range, a child process or a client.
      {
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: ['test/tidy/**'],
          globalSetup: ['scripts/global-setup.mjs'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Node 20 is supported here, whatever the SDK says of it once a process.
          env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
        },
      },
    ],
  },
});
