import {type KeyListeners, KeyReader} from './key-reader.ts';
import {MOUSE_OFF, MOUSE_ON} from './mouse.ts';

export type TerminalSize = {readonly columns: number; readonly rows: number};

export type TerminalListeners = KeyListeners & {
	readonly onResize: () => void;
	/** Whoever sat there is gone: the connection broke, or the window was closed. */
	readonly onHangUp: () => void;
};

/** The alternate screen, without a cursor, and without lines that go on in the next (xterm ctlseqs, DECSET). */
const ENTER_SCREEN = '\u001B[?1049h\u001B[?25l\u001B[?7l';
/** And what a frame that was cut off may have left: held back output, colours. */
const LEAVE_SCREEN = '\u001B[?2026l\u001B[m\u001B[?7h\u001B[?25h\u001B[?1049l';

/** What a terminal is taken for that does not tell its size. */
const USUAL_SIZE: TerminalSize = {columns: 80, rows: 24};

/**
 * The terminal that ktop runs in, taken for as long as it shows something there: its keys come one by one and are not
 * echoed. However the process ends, the terminal is given back as it was; only SIGKILL leaves no time for that.
 */
export class Terminal {
	readonly #stdin: NodeJS.ReadStream;
	readonly #stdout: NodeJS.WriteStream;
	readonly #listeners: TerminalListeners;
	/** What is switched on while the terminal is taken, and off again. */
	readonly #enter: string;
	readonly #leave: string;
	readonly #keys: KeyReader;
	#isTaken = false;

	/** `isFullScreen` takes the whole screen and leaves no trace of it; without, what is written stays. */
	constructor(
		{stdin, stdout}: {readonly stdin: NodeJS.ReadStream; readonly stdout: NodeJS.WriteStream},
		{isFullScreen, hasMouse}: {readonly isFullScreen: boolean; readonly hasMouse: boolean},
		listeners: TerminalListeners,
	) {
		this.#stdin = stdin;
		this.#stdout = stdout;
		this.#listeners = listeners;
		this.#enter = (isFullScreen ? ENTER_SCREEN : '') + (hasMouse ? MOUSE_ON : '');
		this.#leave = (hasMouse ? MOUSE_OFF : '') + (isFullScreen ? LEAVE_SCREEN : '');
		this.#keys = new KeyReader(listeners);
		stdin.on('error', listeners.onHangUp);
	}

	get isTaken(): boolean {
		return this.#isTaken;
	}

	get size(): TerminalSize {
		const {columns, rows} = this.#stdout;
		return columns > 0 && rows > 0 ? {columns, rows} : USUAL_SIZE;
	}

	take(): void {
		if (this.#isTaken) {
			return;
		}

		this.#isTaken = true;
		process.once('exit', this.#giveBack);
		this.#stdin.setEncoding('utf8');
		this.#stdin.setRawMode(true);
		this.#stdin.on('data', this.#read);
		this.#stdin.on('end', this.#listeners.onHangUp);
		this.#stdin.resume();
		this.#stdout.on('resize', this.#listeners.onResize);
		lookAtSize();
		this.write(this.#enter);
	}

	giveBack(): void {
		if (!this.#isTaken) {
			return;
		}

		process.removeListener('exit', this.#giveBack);
		this.#stdin.off('data', this.#read);
		this.#stdin.off('end', this.#listeners.onHangUp);
		this.#stdin.pause();
		this.#stdout.off('resize', this.#listeners.onResize);
		this.#giveBack();
	}

	/** Takes the terminal once more: somebody may have changed its modes while this process did not run. */
	renew(): void {
		if (this.#isTaken) {
			// A mode that Node believes to be set is not set again.
			this.#stdin.setRawMode(false);
			this.#stdin.setRawMode(true);
			lookAtSize();
			this.write(this.#enter);
		}
	}

	write(sequence: string): void {
		if (sequence !== '') {
			this.#stdout.write(sequence);
		}
	}

	readonly #read = (chunk: string): void => this.#keys.read(chunk);

	readonly #giveBack = (): void => {
		this.#isTaken = false;
		this.write(this.#leave);
		try {
			this.#stdin.setRawMode(false);
		} catch {
			// It is gone, and nobody is left to type there.
		}
	};
}

/** A window tells its new size to whoever is in the foreground then: Node is to look whether it has another by now. */
function lookAtSize(): void {
	process.emit('SIGWINCH', 'SIGWINCH');
}
