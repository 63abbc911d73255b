/** An open TCP connection of a host, for those who list them. What comes and goes at one instant is none. */
export interface Socket {
  readonly local: Endpoint;
  readonly peer: Endpoint;
  readonly program: string;
  readonly pid: number;
  readonly uid: number;
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}
