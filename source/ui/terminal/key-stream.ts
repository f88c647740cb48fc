import {EventEmitter} from 'node:events';
import {ReportFilter} from './report-filter.ts';

export type KeyStreamListeners = {
	readonly onReport: (report: string) => void;
	/** The reader took the terminal's keys (raw mode), or gave them back. */
	readonly onRawMode: (isRaw: boolean) => void;
	readonly onHangUp: () => void;
};

/**
 * The `stdin` that Ink reads: the terminal's, less what the terminal reports of itself. What was typed is there as soon as
 * it is announced, so that keys and reports keep their order.
 */
export class KeyStream extends EventEmitter {
	readonly isTTY = true;
	readonly #stdin: NodeJS.ReadStream;
	readonly #listeners: KeyStreamListeners;
	readonly #filter: ReportFilter;
	#typed = '';
	#isRaw = false;
	#isDeaf = false;

	constructor(stdin: NodeJS.ReadStream, listeners: KeyStreamListeners) {
		super();
		this.#stdin = stdin;
		this.#listeners = listeners;
		this.#filter = new ReportFilter({
			onText: text => {
				if (!this.#isDeaf) {
					this.#typed += text;
					this.emit('readable');
				}
			},
			onReport: listeners.onReport,
		});
		// Stays to the end of the process: a terminal that is closed may fail at any time.
		stdin.on('error', listeners.onHangUp);
	}

	/** Everything typed since the last call; null where that is nothing. */
	read(): string | null {
		const typed = this.#typed;
		this.#typed = '';
		return typed === '' ? null : typed;
	}

	/** Whether what is typed is dropped; reports are not. */
	setDeaf(isDeaf: boolean): void {
		this.#isDeaf = isDeaf;
	}

	setRawMode(isRaw: boolean): this {
		if (isRaw === this.#isRaw) {
			return this;
		}

		this.#isRaw = isRaw;
		if (isRaw) {
			this.#stdin.setEncoding('utf8');
			this.#stdin.setRawMode(true);
			this.#stdin.on('data', this.#read);
			this.#stdin.on('end', this.#listeners.onHangUp);
			this.#stdin.resume();
		} else {
			this.#stdin.off('data', this.#read);
			this.#stdin.off('end', this.#listeners.onHangUp);
			this.#stdin.pause();
			this.#giveBack();
		}

		this.#listeners.onRawMode(isRaw);
		return this;
	}

	/** Another program may have changed the mode while this process was stopped. */
	renewRawMode(): void {
		if (this.#isRaw) {
			// A mode that Node believes to be set is not set again.
			this.#stdin.setRawMode(false);
			this.#stdin.setRawMode(true);
		}
	}

	/** Keys are always text here. */
	setEncoding(): this {
		return this;
	}

	ref(): this {
		this.#stdin.ref?.();
		return this;
	}

	unref(): this {
		this.#stdin.unref?.();
		return this;
	}

	#giveBack(): void {
		try {
			this.#stdin.setRawMode(false);
		} catch {
			// The terminal is gone, and nobody is left to type there.
		}
	}

	readonly #read = (chunk: string): void => this.#filter.read(chunk);
}
