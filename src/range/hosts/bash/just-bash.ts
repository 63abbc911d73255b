/**
 * The one place where just-bash is taken in. The build makes a file of its own from it (scripts/entries.mjs), whose
 * `Date` and `Math.random` are those of virtual.ts; whoever imports this file gets that one.
 */
export {
  Bash,
  BashTransformPipeline,
  decodeBytesToUtf8,
  getCommandNames,
  latin1FromBytes,
  parse,
  serialize,
} from 'just-bash';
export { inVirtualTime, outOfVirtualTime } from './virtual.ts';
