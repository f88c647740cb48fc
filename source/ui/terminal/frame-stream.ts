import {EventEmitter} from 'node:events';
import {widthOf} from '../format/width.ts';
import type {FlowControl} from './flow-control.ts';
import {FramePainter} from './frame-painter.ts';
import {SentenceWriter} from './sentence-writer.ts';

const ENTER_SCREEN = '\u001B[?1049h';
const LEAVE_SCREEN = '\u001B[?1049l';
const PASTE_ON = '\u001B[?2004h';
const PASTE_OFF = '\u001B[?2004l';

/** No cursor, and lines that do not go on in the next (xterm ctlseqs, DECSET). */
const SCREEN_MODES = '\u001B[?25l\u001B[?7l';
/** Their end, and that of what a frame that was cut off may have left: held back output, colours. */
const SHELL_MODES = '\u001B[?2026l\u001B[m\u001B[?7h\u001B[?25h';

/** Modes are set in writes of their own, without text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences begin with ESC
const MODES = /^(?:\u001B\[\?[\d;]+[hl])*$/;

/** What a terminal is taken for that does not tell its size. */
const USUAL_SIZE = {columns: 80, rows: 24};

export type FrameStreamOptions = {
	/** Without, frames are sentences for a screen reader, and stay on the screen. */
	readonly isFullScreen: boolean;
	readonly mouseOn: string;
	readonly mouseOff: string;
};

/**
 * The `stdout` that Ink writes to, in debug mode: each write is a whole frame or modes alone. Of frames only what changed
 * goes to the terminal, the newest of each turn of the event loop, and none before the terminal has shown the last; with
 * the alternate screen go the modes that Ink does not know.
 */
export class FrameStream extends EventEmitter {
	readonly isTTY = true;
	readonly #stdout: NodeJS.WriteStream;
	readonly #options: FrameStreamOptions;
	readonly #flow: FlowControl;
	readonly #painter = new FramePainter();
	readonly #sentences = new SentenceWriter();
	#isTaken: boolean;
	#isPasteOn = false;
	/** The newest frame, painted or not. */
	#frame: string | undefined;
	#isScheduled = false;
	/** The frame is still of the last size: Ink lays it out anew at once, and React draws it anew in the next turn. */
	#isResizing = false;
	/** Nothing is to be asked any more, since nobody may be there to take the answer. */
	#isSettled = false;
	/** The question was asked before the frame, which does not wait for the answer then. */
	#isAskedBefore = false;

	constructor(stdout: NodeJS.WriteStream, flow: FlowControl, options: FrameStreamOptions) {
		super();
		// Each component that knows the size listens.
		this.setMaxListeners(0);
		this.#stdout = stdout;
		this.#flow = flow;
		this.#options = options;
		this.#isTaken = !options.isFullScreen;
		stdout.on('resize', this.#resize);
	}

	get columns(): number {
		return this.#hasSize ? this.#stdout.columns : USUAL_SIZE.columns;
	}

	get rows(): number {
		return this.#hasSize ? this.#stdout.rows : USUAL_SIZE.rows;
	}

	get writable(): boolean {
		return this.#stdout.writable;
	}

	get destroyed(): boolean {
		return this.#stdout.destroyed;
	}

	get writableEnded(): boolean {
		return this.#stdout.writableEnded;
	}

	/** `done` is called when all that was passed on before is written; a frame may still be held then. */
	write(text: string, done?: () => void): boolean {
		if (!MODES.test(text)) {
			this.#frame = text;
			this.schedule();
		} else if (text === ENTER_SCREEN) {
			this.#enter();
		} else if (text === LEAVE_SCREEN) {
			this.#leave();
		} else {
			this.#isPasteOn = text === PASTE_ON || (this.#isPasteOn && text !== PASTE_OFF);
			this.#pass(text);
		}

		if (done !== undefined) {
			this.#stdout.write('', done);
		}

		return true;
	}

	/** Paints the newest frame once this turn of the event loop is over, if it may be painted then. */
	schedule(): void {
		if (!this.#isScheduled) {
			this.#isScheduled = true;
			setImmediate(() => {
				this.#isScheduled = false;
				this.#paint();
			});
		}
	}

	/** Keys were taken or given back: so are sentences, which have no screen to enter, and later all are said again. */
	setTaken(isTaken: boolean): void {
		if (this.#options.isFullScreen) {
			return;
		}

		this.#isTaken = isTaken;
		if (!isTaken) {
			this.#sentences.forget();
		}
	}

	/** Resolves once the terminal has answered; no frame is painted from now until the screen is entered again. */
	async settle(): Promise<void> {
		this.#isSettled = this.#options.isFullScreen;
		await this.#flow.settle();
	}

	/** Sets all modes and paints the frame whole: the terminal may show anything. */
	redraw(): void {
		if (this.#isTaken) {
			this.#painter.forget();
			this.#sentences.forget();
			this.#pass((this.#options.isFullScreen ? this.#enterModes : '') + (this.#isPasteOn ? PASTE_ON : ''));
			this.schedule();
		}
	}

	/** Gives the terminal back, if Ink has not yet. */
	close(): void {
		this.#stdout.off('resize', this.#resize);
		if (this.#isPasteOn) {
			this.write(PASTE_OFF);
		}

		if (this.#options.isFullScreen) {
			this.#leave();
		}

		this.#isTaken = false;
	}

	get #hasSize(): boolean {
		return this.#stdout.columns > 0 && this.#stdout.rows > 0;
	}

	get #enterModes(): string {
		return ENTER_SCREEN + SCREEN_MODES + this.#options.mouseOn;
	}

	#enter(): void {
		this.#isTaken = true;
		this.#painter.forget();
		// After it was lent, what was typed before this answer was not typed for what is seen after it.
		const question = this.#isSettled ? this.#flow.question() : '';
		this.#isAskedBefore = question !== '';
		this.#isSettled = false;
		this.#pass(this.#enterModes + question);
		this.schedule();
	}

	#leave(): void {
		if (this.#isTaken) {
			this.#isTaken = false;
			this.#pass(this.#options.mouseOff + SHELL_MODES + LEAVE_SCREEN);
		}
	}

	#paint(): void {
		const isHeld = this.#isResizing || this.#isSettled || !(this.#flow.isClear || this.#isAskedBefore);
		if (this.#frame === undefined || !this.#isTaken || isHeld) {
			return;
		}

		if (!this.#options.isFullScreen) {
			this.#pass(this.#sentences.write(this.#frame.split('\n')));
			return;
		}

		this.#isAskedBefore = false;
		const sequence = this.#painter.paint(fullLines(this.#frame, this.columns, this.rows));
		this.#pass(sequence === '' ? '' : sequence + this.#flow.question());
	}

	#pass(sequence: string): void {
		if (sequence !== '') {
			this.#stdout.write(sequence);
		}
	}

	readonly #resize = (): void => {
		this.#painter.forget();
		this.#isResizing = true;
		setImmediate(() =>
			setImmediate(() => {
				this.#isResizing = false;
				this.#paint();
			}),
		);
		this.emit('resize');
	};
}

/** A frame's lines in all of the screen's cells: Ink leaves blanks at their ends out, and lines below the last. */
function fullLines(frame: string, columns: number, rows: number): readonly string[] {
	const lines = frame.split('\n');
	return Array.from({length: rows}, (_, row) => {
		const line = lines[row] ?? '';
		return line + ' '.repeat(Math.max(columns - widthOf(line), 0));
	});
}
