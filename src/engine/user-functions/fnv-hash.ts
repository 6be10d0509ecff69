/** FNV-1a, 64 bits, on two halves of 32 bits ("FNV_HASH function"). */
export function fnv1a(bytes: Uint8Array, seed: bigint): bigint {
  let high = Number(BigInt.asUintN(32, seed >> 32n));
  let low = Number(BigInt.asUintN(32, seed));
  for (const byte of bytes) {
    low = (low ^ byte) >>> 0;
    // The prime is 2^40 + 0x1b3.
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / 0x1_0000_0000) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low));
}
