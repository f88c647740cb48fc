/**
 * Writes sentences one below the other, for a screen reader to read as they come: only those that were not the last said
 * in their place, so that a step in the table is not followed by all that stayed as it was.
 */
export class SentenceWriter {
	#said: ReadonlySet<string> = new Set();

	/** What is to be written for these to be known; empty where nothing is new. */
	write(sentences: readonly string[]): string {
		const news = sentences.filter(sentence => !this.#said.has(sentence));
		this.#said = new Set(sentences);
		return news.map(sentence => `${sentence}\n`).join('');
	}

	/** Whoever listens may have missed it: the next time all is said. */
	forget(): void {
		this.#said = new Set();
	}
}
