/** How many texts are joined, and searched between two looks at the time. */
const TEXTS_A_CHUNK = 2048;

/** Where a text ends: no word that is looked for has one. */
const END = '\n';

type Chunk = {
	/** In lower case. */
	readonly text: string;
	/** Where each of its texts begins, and where the next one would. */
	readonly starts: Uint32Array;
};

/**
 * Texts one after the other, to look for a word in many of them at once: a list of strings is several times as slow to
 * search, since each of them lies elsewhere in memory.
 */
export class JoinedTexts {
	readonly #texts: readonly string[];
	readonly #chunks: Chunk[] = [];
	#joined = 0;

	/** `texts`: those that are added later are joined later. */
	constructor(texts: readonly string[]) {
		this.#texts = texts;
	}

	/** Joins texts as long as there is time; returns whether all are. */
	advance(hasTime: () => boolean): boolean {
		while (this.#joined < this.#texts.length) {
			const chunk = Math.floor(this.#joined / TEXTS_A_CHUNK);
			const first = chunk * TEXTS_A_CHUNK;
			const texts = this.#texts.slice(first, first + TEXTS_A_CHUNK);
			this.#chunks[chunk] = joined(texts);
			this.#joined = first + texts.length;
			if (!hasTime()) {
				return this.#joined === this.#texts.length;
			}
		}

		return true;
	}

	/**
	 * Looks for words, which are in lower case, in the chunk with a text: into the place of each of its texts comes 1 if
	 * some word is in it, or 0. Returns the place of the first text after the chunk, and how often something was found.
	 */
	search(at: number, words: readonly string[], into: Uint8Array): readonly [next: number, found: number] {
		const chunk = Math.floor(at / TEXTS_A_CHUNK);
		const {text, starts} = this.#chunks[chunk] ?? NONE;
		const first = chunk * TEXTS_A_CHUNK;
		const end = first + starts.length - 1;
		let count = 0;
		into.fill(0, first, end);
		for (const word of words) {
			let next = 0;
			for (let found = text.indexOf(word); found !== -1; found = text.indexOf(word, starts[next])) {
				while ((starts[next] ?? 0) <= found) {
					next++;
				}

				into[first + next - 1] = 1;
				count++;
			}
		}

		return [end, count];
	}
}

const NONE: Chunk = {text: '', starts: new Uint32Array(1)};

function joined(texts: readonly string[]): Chunk {
	const starts = new Uint32Array(texts.length + 1);
	const lower = texts.map((text, place) => {
		// Some letters become two.
		const each = text.toLowerCase();
		starts[place + 1] = (starts[place] ?? 0) + each.length + END.length;
		return each;
	});
	return {text: lower.join(END) + END, starts};
}
