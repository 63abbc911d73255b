// The inner loop: format and lint, types, and the tests beside the code.
import { ensureDependencies } from './dependencies.mjs';
import { root } from './ensure.mjs';
import { step } from './step.mjs';

await ensureDependencies(root);
const passed = step.biome() && step.types() && step.vitest('--project', 'unit');
process.exitCode = passed ? 0 : 1;
