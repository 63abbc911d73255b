/** What one request may cost, whoever sends it. */
export const limits = {
  /** Bodies that are read into memory. The largest of AWS: Lambda's direct uploads (about 70 MB in base64). */
  bodyBytes: 72 * 1024 * 1024,
  /** Nesting of XML, JSON and form bodies. */
  depth: 100,
  /** Parameters of a form or query string. */
  parameters: 20_000,
  /** One chunk of an aws-chunked body and its header line. */
  chunkBytes: 16 * 1024 * 1024,
  chunkLineBytes: 1024,
  trailerBytes: 4096,
  /** Derived signing keys kept. */
  signingKeys: 4096,
  /** Long texts kept as XML writes them, and how long they may be. */
  escapedTexts: 2048,
  escapedCharacters: 4096,
} as const;
