// What kind of flow a line tells of, in bits: from its fields, its addresses, and what few and small ones are.
import { absent } from './fields';
import { networksRoom as networks, valuesRoom as values } from './room';
import { letters } from './texts';
import { account, action, direction, protocol } from './values';

const accept = letters(0x545045434341, 6);
const ingress = letters(0x73736572676e69, 7);
const egress = letters(0x737365726765, 6);

/** Marks of a row; the protocol's number lies above. */
@inline const accepted: u32 = 1;
@inline const isIngress: u32 = 2;
@inline const isEgress: u32 = 4;
@inline const publicShift: u32 = 3;
@inline const toLower: u32 = 32;
@inline const isTcp: u32 = 64;
@inline const isFew: u32 = 128;
@inline const isSmall: u32 = 256;
@inline const isLogin: u32 = 512;
@inline const usualAccount: u32 = 1024;
@inline const unclearShift: u32 = 11;
@inline const protocolShift: u32 = 16;
@inline const tcp: i64 = 6;

/** What few packets are, how many bytes small ones have, and how many bytes a guess at one of four ports. */
let fewPackets: f64 = 0;
let smallBytes: f64 = 0;
let loginBytes: f64 = 0;
let loginPort: i32 = 0;
let otherLoginPort: i32 = 0;
let thirdLoginPort: i32 = 0;
let lastLoginPort: i32 = 0;

/** Where is said of each network of 16 bits whether it is of the internet: 0 none, 1 all, 2 some of it; two bits each. */
export function networksAt(): usize {
  return networks;
}

export function bound(few: f64, small: f64, login: f64, one: i32, other: i32, third: i32, last: i32): void {
  fewPackets = few;
  smallBytes = small;
  loginBytes = login;
  loginPort = one;
  otherLoginPort = other;
  thirdLoginPort = third;
  lastLoginPort = last;
}

/** All marks of the line whose values were read last. */
@inline
export function marksOf(usual: i64, source: i64, destination: i64, fromPort: i32, toPort: i32, sent: f64, length: f64): u32 {
  return spoken(usual) | publicness(source, destination) | kind(fromPort, toPort, sent, length);
}

/** What fields say. */
@inline
function spoken(usual: i64): u32 {
  const way = load<i64>(values, direction);
  const number = load<i64>(values, protocol);
  return (
    (load<i64>(values, action) == accept ? accepted : 0) |
    (way == egress ? isEgress : way == ingress ? isIngress : 0) |
    (load<i64>(values, account) == usual ? usualAccount : 0) |
    ((<u64>number < 255 ? <u32>number : 255) << protocolShift)
  );
}

@inline
function publicness(source: i64, destination: i64): u32 {
  const from = isPublic(source);
  const to = isPublic(destination);
  return (((from & 1) | ((to & 1) << 1)) << publicShift) | (((from | to) >> 1) << unclearShift);
}

/** 0 no, 1 yes, 2 unclear. */
@inline
function isPublic(address: i64): u32 {
  if (address < 0) return address == absent ? 0 : 2;
  return (<u32>load<u8>(networks + <usize>(address >> 18)) >> (<u32>(address >> 15) & 6)) & 3;
}

@inline
function kind(fromPort: i32, toPort: i32, sent: f64, size: f64): u32 {
  const isOverTcp = load<i64>(values, protocol) == tcp;
  const isToLogin =
    <i32>(toPort == loginPort) | <i32>(toPort == otherLoginPort) | <i32>(toPort == thirdLoginPort) |
    <i32>(toPort == lastLoginPort);
  return (
    (fromPort > toPort ? toLower : 0) |
    (isOverTcp ? isTcp : 0) |
    (sent <= fewPackets ? isFew : 0) |
    (size <= sent * smallBytes ? isSmall : 0) |
    ((<i32>isOverTcp & isToLogin & <i32>(size <= loginBytes)) != 0 ? isLogin : 0)
  );
}
