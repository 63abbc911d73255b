// What is used of WebAssembly: the types of Node name it without its values.

export interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

/** Memory of 4 MB that may grow to 4 GB. */
export function newMemory(): Memory {
  return new WebAssembly.Memory({ initial: 64, maximum: 65_536 });
}

/** So that it has so many bytes; views of it from before are then empty. */
export function reach(memory: Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
}

const compiled = new Map<string, object>();

/** What the module of this text exports, over this memory. It is compiled once a process. */
export function instanceOf<Exports>(text: string, memory: Memory): Exports {
  let module = compiled.get(text);
  if (module === undefined) {
    module = new WebAssembly.Module(Buffer.from(text, 'base64'));
    compiled.set(text, module);
  }
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
}
