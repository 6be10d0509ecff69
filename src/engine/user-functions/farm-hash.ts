/**
 * FarmHash Fingerprint64 ("FARMFINGERPRINT64 function"), after the open-source FarmHash library's published algorithm.
 */
const k0 = 0xc3a5c85c97cb3127n;
const k1 = 0xb492b66fbe98f273n;
const k2 = 0x9ae16a3b2f90404fn;

export function farmFingerprint64(bytes: Uint8Array): bigint {
  return BigInt.asIntN(64, new Fingerprint(bytes).value());
}

const word = (value: bigint) => BigInt.asUintN(64, value);
const rotate = (value: bigint, by: bigint) => word((value >> by) | (value << (64n - by)));
const shiftMix = (value: bigint) => value ^ (value >> 47n);

function join(u: bigint, v: bigint, multiplier: bigint): bigint {
  const a = shiftMix(word((u ^ v) * multiplier));
  const b = shiftMix(word((v ^ a) * multiplier));
  return word(b * multiplier);
}

class Fingerprint {
  readonly #view: DataView;
  readonly #length: number;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#length = bytes.length;
  }

  value(): bigint {
    if (this.#length <= 16) return this.#upTo16();
    if (this.#length <= 32) return this.#upTo32();
    return this.#length <= 64 ? this.#upTo64() : this.#long();
  }

  #fetch(at: number): bigint {
    return this.#view.getBigUint64(at, true);
  }

  #multiplier(): bigint {
    return word(k2 + BigInt(this.#length) * 2n);
  }

  #upTo16(): bigint {
    const length = this.#length;
    const multiplier = this.#multiplier();
    if (length >= 8) {
      const a = word(this.#fetch(0) + k2);
      const b = this.#fetch(length - 8);
      const c = word(rotate(b, 37n) * multiplier + a);
      const d = word((rotate(a, 25n) + b) * multiplier);
      return join(c, d, multiplier);
    }
    if (length >= 4) {
      const a = BigInt(this.#view.getUint32(0, true));
      return join(word(BigInt(length) + (a << 3n)), BigInt(this.#view.getUint32(length - 4, true)), multiplier);
    }
    if (length === 0) return k2;
    const [a, b, c] = [this.bytes[0] ?? 0, this.bytes[length >> 1] ?? 0, this.bytes[length - 1] ?? 0];
    const y = BigInt(a + (b << 8));
    const z = BigInt(length + (c << 2));
    return word(shiftMix(word(y * k2) ^ word(z * k0)) * k2);
  }

  #upTo32(): bigint {
    const multiplier = this.#multiplier();
    const a = word(this.#fetch(0) * k1);
    const b = this.#fetch(8);
    const c = word(this.#fetch(this.#length - 8) * multiplier);
    const d = word(this.#fetch(this.#length - 16) * k2);
    return join(
      word(rotate(word(a + b), 43n) + rotate(c, 30n) + d),
      word(a + rotate(word(b + k2), 18n) + c),
      multiplier,
    );
  }

  #upTo64(): bigint {
    const length = this.#length;
    const multiplier = this.#multiplier();
    const a = word(this.#fetch(0) * k2);
    const b = this.#fetch(8);
    const c = word(this.#fetch(length - 8) * multiplier);
    const d = word(this.#fetch(length - 16) * k2);
    const y = word(rotate(word(a + b), 43n) + rotate(c, 30n) + d);
    const z = join(y, word(a + rotate(word(b + k2), 18n) + c), multiplier);
    const e = word(this.#fetch(16) * multiplier);
    const f = this.#fetch(24);
    const g = word((y + this.#fetch(length - 32)) * multiplier);
    const h = word((z + this.#fetch(length - 24)) * multiplier);
    return join(
      word(rotate(word(e + f), 43n) + rotate(g, 30n) + h),
      word(e + rotate(word(f + a), 18n) + g),
      multiplier,
    );
  }

  #weak(at: number, a0: bigint, b0: bigint): [bigint, bigint] {
    const [w, x, y, z] = [this.#fetch(at), this.#fetch(at + 8), this.#fetch(at + 16), this.#fetch(at + 24)];
    let a = word(a0 + w);
    let b = rotate(word(b0 + a + z), 21n);
    const c = a;
    a = word(a + x + y);
    b = word(b + rotate(a, 44n));
    return [word(a + z), word(b + c)];
  }

  #long(): bigint {
    const seed = 81n;
    let x = word(seed * k2 + this.#fetch(0));
    let y = word(seed * k1 + 113n);
    let z = word(shiftMix(word(y * k2 + 113n)) * k2);
    let v: [bigint, bigint] = [0n, 0n];
    let w: [bigint, bigint] = [0n, 0n];
    const round = (at: number, multiplier: bigint, tail: bigint) => {
      x = word(rotate(word(x + y + v[0] + this.#fetch(at + 8)), 37n) * multiplier);
      y = word(rotate(word(y + v[1] + this.#fetch(at + 48)), 42n) * multiplier);
      x ^= word(w[1] * tail);
      y = word(y + v[0] * tail + this.#fetch(at + 40));
      z = word(rotate(word(z + w[0]), 33n) * multiplier);
      v = this.#weak(at, word(v[1] * multiplier), word(x + w[0]));
      w = this.#weak(at + 32, word(z + w[1]), word(y + this.#fetch(at + 16)));
      [x, z] = [z, x];
    };
    const last = this.#length - 1;
    const end = Math.floor(last / 64) * 64;
    for (let at = 0; at < end; at += 64) round(at, k1, 1n);
    const multiplier = word(k1 + ((z & 0xffn) << 1n));
    w = [word(w[0] + BigInt(last & 63)), w[1]];
    v = [word(v[0] + w[0]), v[1]];
    w = [word(w[0] + v[0]), w[1]];
    round(end + (last & 63) - 63, multiplier, 9n);
    return join(
      word(join(v[0], w[0], multiplier) + shiftMix(y) * k0 + z),
      word(join(v[1], w[1], multiplier) + x),
      multiplier,
    );
  }
}
