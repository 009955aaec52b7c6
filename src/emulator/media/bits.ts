/** Writes single bits, the highest first, as H.264 and MPEG-4 want them. */
export class BitWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;
  #held = 0;
  #count = 0;

  /** The lowest `width` bits of a number, at most 32. */
  bits(value: number, width: number): void {
    for (let left = width; left > 0; ) {
      const taken = Math.min(left, 8 - this.#count);
      left -= taken;
      this.#held = (this.#held << taken) | ((value >>> left) & ((1 << taken) - 1));
      this.#count += taken;
      if (this.#count === 8) this.#flush();
    }
  }

  /** ue(v): an unsigned Exp-Golomb code (H.264, 9.1). */
  unsigned(value: number): void {
    const code = value + 1;
    const width = 32 - Math.clz32(code);
    this.bits(0, width - 1);
    this.bits(code, width);
  }

  /** se(v): a signed Exp-Golomb code (H.264, 9.1.1). */
  signed(value: number): void {
    this.unsigned(value > 0 ? 2 * value - 1 : -2 * value);
  }

  align(): void {
    if (this.#count > 0) this.bits(0, 8 - this.#count);
  }

  /** Whole bytes; the writer must be aligned. */
  bytes(source: Uint8Array): void {
    this.#reserve(source.length);
    this.#bytes.set(source, this.#length);
    this.#length += source.length;
  }

  /** Everything written, ended by the stop bit that closes every H.264 payload. */
  closed(): Uint8Array {
    this.bits(1, 1);
    return this.aligned();
  }

  /** Everything written, filled up to a whole byte. */
  aligned(): Uint8Array {
    this.align();
    return this.#bytes.subarray(0, this.#length);
  }

  #flush(): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = this.#held;
    this.#held = 0;
    this.#count = 0;
  }

  #reserve(extra: number): void {
    if (this.#length + extra <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + extra));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
