/** Writes the sentences of a frame that the last frame did not have, so that a screen reader only reads changes. */
export class SentenceWriter {
	#written: ReadonlySet<string> = new Set();

	/** The new sentences, one per line; empty if there are none. */
	write(sentences: readonly string[]): string {
		const news = sentences.filter(sentence => !this.#written.has(sentence));
		this.#written = new Set(sentences);
		return news.map(sentence => `${sentence}\n`).join('');
	}

	/** Makes the next frame write all its sentences. */
	forget(): void {
		this.#written = new Set();
	}
}
