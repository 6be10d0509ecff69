import { describe, expect, it } from 'vitest';
import { farmFingerprint64 } from '../../../src/engine/user-functions/farm-hash.js';
import { fnv1a } from '../../../src/engine/user-functions/fnv-hash.js';
import { murmur3, unscaledBytes } from '../../../src/engine/user-functions/murmur-hash.js';

const basis = -3750763034362895579n;

describe('hashes', () => {
  it('FNV-1a', () => {
    expect(fnv1a(Buffer.from('abcd'), basis)).toBe(-281581062704388899n);
    expect(fnv1a(Buffer.from('cd'), fnv1a(Buffer.from('ab'), basis))).toBe(-281581062704388899n);
    expect(fnv1a(Buffer.alloc(0), basis)).toBe(basis);
  });

  it('Murmur3 of 32 bits', () => {
    // Apache Iceberg specification, Appendix B: "32-bit Hash Requirements".
    expect(murmur3(Buffer.from('iceberg'), 0)).toBe(1210000089);
    expect(murmur3(Buffer.from('2200000000000000', 'hex'), 0)).toBe(2017239379);
    expect(murmur3(unscaledBytes('14.20'), 0)).toBe(-500754589);
    expect(murmur3(Buffer.from('00010203', 'hex'), 0)).toBe(-188683207);
  });

  it('shortest bytes of a decimal', () => {
    expect([...unscaledBytes('-1')]).toEqual([0xff]);
    expect([...unscaledBytes('1.28')]).toEqual([0x00, 0x80]);
  });

  // Values that BigQuery's documentation gives for FARM_FINGERPRINT, and the library's own for longer texts.
  it('FarmHash Fingerprint64', () => {
    expect(farmFingerprint64(Buffer.from('1footrue'))).toBe(-1541654101129638711n);
    expect(farmFingerprint64(Buffer.from('2applefalse'))).toBe(2794438866806483259n);
    expect(farmFingerprint64(Buffer.from('3true'))).toBe(-4880158226897771312n);
    expect(farmFingerprint64(Buffer.alloc(0))).toBe(BigInt.asIntN(64, 0x9ae16a3b2f90404fn));
  });
});
