import {EventEmitter} from 'node:events';
import {ReportFilter} from './report-filter.ts';

export type KeyStreamListeners = {
	readonly onReport: (report: string) => void;
	/** Called when Ink enables or disables raw mode. */
	readonly onRawMode: (isRaw: boolean) => void;
	readonly onHangUp: () => void;
};

/**
 * The `stdin` for Ink: the terminal's input without its reports. Input is readable as soon as `readable` is emitted, so
 * that keys and reports keep their order.
 */
export class KeyStream extends EventEmitter {
	readonly isTTY = true;
	readonly #stdin: NodeJS.ReadStream;
	readonly #listeners: KeyStreamListeners;
	readonly #filter: ReportFilter;
	#typed = '';
	#isRaw = false;
	#isDropped = false;

	constructor(stdin: NodeJS.ReadStream, listeners: KeyStreamListeners) {
		super();
		this.#stdin = stdin;
		this.#listeners = listeners;
		this.#filter = new ReportFilter({
			onText: text => {
				if (!this.#isDropped) {
					this.#typed += text;
					this.emit('readable');
				}
			},
			onReport: listeners.onReport,
		});
		// Never removed, because a closed terminal may fail until the process ends.
		stdin.on('error', listeners.onHangUp);
	}

	/** All input since the last call; null if there is none. */
	read(): string | null {
		const typed = this.#typed;
		this.#typed = '';
		return typed === '' ? null : typed;
	}

	/** Sets whether typed input is dropped; reports are not. */
	setDropped(isDropped: boolean): void {
		this.#isDropped = isDropped;
	}

	setRawMode(isRaw: boolean): this {
		if (isRaw === this.#isRaw) {
			if (this.#typed !== '') {
				// Typed before Ink listened.
				queueMicrotask(() => this.emit('readable'));
			}

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
			this.#restore();
		}

		this.#listeners.onRawMode(isRaw);
		return this;
	}

	/** Sets raw mode again, because another program may have changed it while this process was stopped. */
	renewRawMode(): void {
		if (this.#isRaw) {
			// Node does not set a mode that it believes to be set.
			this.#stdin.setRawMode(false);
			this.#stdin.setRawMode(true);
		}
	}

	/** Ignored: `read` always returns text. */
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

	#restore(): void {
		try {
			this.#stdin.setRawMode(false);
		} catch {
			// The terminal was closed.
		}
	}

	readonly #read = (chunk: string): void => this.#filter.read(chunk);
}
