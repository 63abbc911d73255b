/**
 * The one public address that callers from this machine have in the range: they stand outside it, on the internet.
 * Of TEST-NET-3, which is nobody's. https://www.rfc-editor.org/rfc/rfc5737
 */
export const outsideAddress = '203.0.113.10';
