import { responseModule } from './response-modules.ts';
import { storedZip } from './stored-zip.ts';

/** `Code.ZipFile` of a template: the source text as `index.js` or `index.py`, zipped, with the module it may ask for. */
export function inlineCode(source: string, runtime: string): Uint8Array {
  const path = runtime.startsWith('python') ? 'index.py' : 'index.js';
  const module = responseModule(source, runtime);
  return storedZip([{ path, source }, ...(module === undefined ? [] : [module])]);
}
