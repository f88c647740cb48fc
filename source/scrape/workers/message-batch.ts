/** Hands over messages and the buffers that are transferred with them: `postMessage` of a port or a thread. */
export type Post<Message> = (messages: readonly Message[], transferred: readonly ArrayBuffer[]) => void;

/**
 * Posts the messages of one turn of the event loop together, in their order. Each post costs a tenth of a millisecond in the
 * thread that posts, however little it is, which is much beside what a reading costs.
 */
export class MessageBatch<Message> {
	readonly #post: Post<Message>;
	#messages: Message[] = [];
	#transferred: ArrayBuffer[] = [];

	constructor(post: Post<Message>) {
		this.#post = post;
	}

	send(message: Message, transferred: readonly ArrayBuffer[] = []): void {
		if (this.#messages.length === 0) {
			setImmediate(() => this.#flush());
		}

		this.#messages.push(message);
		this.#transferred.push(...transferred);
	}

	#flush(): void {
		const [messages, transferred] = [this.#messages, this.#transferred];
		this.#messages = [];
		this.#transferred = [];
		this.#post(messages, transferred);
	}
}
