/** More than a kubelet answers. */
const LARGE_BYTES = 2 ** 20;

/** What a smaller one grows by. */
const STEP_BYTES = 2 ** 17;

/** As many as are decoded one after another while others arrive. */
const MOST_UNUSED = 8;

/** Memory of bodies that were decoded. */
const unused: ArrayBuffer[] = [];

/**
 * The body of an answer while it arrives. One of several chunks is put together in memory that the operating system gives for it
 * alone, chunk by chunk: chunks that wait for the last one outlive collections, and what they and the whole leave behind between
 * objects that stay is not returned to the system (15 to 25 MiB after the lists of 1,000 nodes, and 8 with their readings).
 */
export class ReceivedBody {
	readonly #mostBytes: number;
	#chunks: Buffer[] = [];
	#whole: ArrayBuffer | undefined;
	#bytes = 0;
	/** The system refuses memory that can grow. */
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
		const [first] = this.#chunks;
		if (first !== undefined && !this.#isDivided) {
			this.#whole = memoryOf(this.#mostBytes);
			this.#isDivided = this.#whole === undefined;
			if (this.#whole !== undefined) {
				put(this.#whole, 0, first);
				this.#chunks = [];
			}
		}

		if (this.#whole === undefined) {
			this.#chunks.push(chunk);
		} else {
			put(this.#whole, this.#bytes, chunk);
		}

		this.#bytes += chunk.length;
	}

	/** All of it, which is not kept here, see `decodeBody`; nothing is added afterwards. */
	take(): Buffer {
		const [whole, chunks] = [this.#whole, this.#chunks];
		this.#whole = undefined;
		this.#chunks = [];
		if (whole !== undefined) {
			return Buffer.from(whole, 0, this.#bytes);
		}

		const [only] = chunks;
		return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, this.#bytes);
	}
}

function put(whole: ArrayBuffer, at: number, chunk: Buffer): void {
	const bytes = at + chunk.length;
	if (bytes > whole.byteLength) {
		whole.resize(Math.min(bytes + (bytes < LARGE_BYTES ? STEP_BYTES : LARGE_BYTES), whole.maxByteLength));
	}

	new Uint8Array(whole, at, chunk.length).set(chunk);
}

/** Lets a later body use the memory of this one, which nothing reads any more. */
export function reuseMemory({buffer}: Buffer): void {
	if (
		buffer instanceof ArrayBuffer &&
		buffer.resizable &&
		buffer.byteLength <= LARGE_BYTES &&
		unused.length < MOST_UNUSED &&
		!unused.includes(buffer)
	) {
		unused.push(buffer);
	}
}

/** Undefined where all that it may grow to cannot be reserved, which a limit of address space (ulimit -v) may forbid. */
function memoryOf(mostBytes: number): ArrayBuffer | undefined {
	const at = unused.findIndex(({maxByteLength}) => maxByteLength >= mostBytes);
	if (at !== -1) {
		return unused.splice(at, 1)[0];
	}

	try {
		return new ArrayBuffer(0, {maxByteLength: mostBytes});
	} catch {
		return undefined;
	}
}
