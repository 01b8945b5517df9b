/** A province by ISO 3166-2, such as `TH-54`. */
export const PROVINCE_CODE = /^TH-\d\d$/;

/** A SHA-256 in hexadecimal. */
export const SHA256_HEX = /^[0-9a-f]{64}$/;
