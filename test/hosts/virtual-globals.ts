import { VirtualDate, virtualRandom } from '../../src/range/hosts/bash/virtual.ts';

// Tests run the sources, where just-bash is the package as it is: what the build gives to its copy, the globals give here.
// Outside of a host's script both are the real ones.
globalThis.Date = VirtualDate;
Math.random = virtualRandom;
