/** A request as it came: the target undecoded, header names in lower case, repeated headers joined by `,`. */
export interface RawRequest {
  readonly method: string;
  /** Path and query exactly as sent: signatures are over these bytes. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** An answer ready for the socket; `content-length`, in bytes, is set wherever the body is no stream. */
export interface Rendered {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** How the client speaks, which the request decides and not the service (SQS is spoken in two). */
export type Protocol = 'query' | 'ec2' | 'json-1.0' | 'json-1.1' | 'rest-json' | 'rest-xml';
