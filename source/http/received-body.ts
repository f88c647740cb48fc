/** More than a kubelet answers. */
const LARGE_BYTES = 2 ** 20;

/**
 * The body of an answer while it arrives. A large one, as a page of a list, is put together in memory that the operating system gives for it
 * alone, chunk by chunk: chunks that wait for the last one outlive collections, and what they and the whole leave behind between
 * objects that stay is not returned to the system (15 to 25 MiB after the lists of 1,000 nodes).
 */
export class ReceivedBody {
	readonly #mostBytes: number;
	#chunks: Buffer[] = [];
	#large: ArrayBuffer | undefined;
	#bytes = 0;
	#isDivided = false;

	/** `add` is not called with more than `mostBytes` in all. */
	constructor(mostBytes: number) {
		this.#mostBytes = mostBytes;
	}

	/** How many were added. */
	get bytes(): number {
		return this.#bytes;
	}

	add(chunk: Buffer): void {
		if (this.#isDivided || (this.#large === undefined && this.#bytes + chunk.length <= LARGE_BYTES)) {
			this.#chunks.push(chunk);
			this.#bytes += chunk.length;
			return;
		}

		if (this.#large === undefined) {
			try {
				this.#large = new ArrayBuffer(0, {maxByteLength: this.#mostBytes});
			} catch {
				// All that it may grow to is reserved, which a limit of address space (ulimit -v) may forbid.
				this.#isDivided = true;
				this.add(chunk);
				return;
			}

			const chunks = this.#chunks;
			this.#chunks = [];
			this.#bytes = 0;
			for (const each of chunks) {
				this.#append(this.#large, each);
			}
		}

		this.#append(this.#large, chunk);
	}

	/** All of it; nothing is added afterwards. */
	take(): Buffer {
		if (this.#large !== undefined) {
			return Buffer.from(this.#large, 0, this.#bytes);
		}

		const [only] = this.#chunks;
		return this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks, this.#bytes);
	}

	#append(large: ArrayBuffer, chunk: Buffer): void {
		const bytes = this.#bytes + chunk.length;
		if (bytes > large.byteLength) {
			large.resize(Math.min(bytes + LARGE_BYTES, this.#mostBytes));
		}

		new Uint8Array(large, this.#bytes, chunk.length).set(chunk);
		this.#bytes = bytes;
	}
}
