import {EventEmitter} from 'node:events';
import {widthOf} from '../format/width.ts';
import type {FlowControl} from './flow-control.ts';
import {FramePainter} from './frame-painter.ts';
import {SentenceWriter} from './sentence-writer.ts';

const ENTER_SCREEN = '\u001B[?1049h';
const LEAVE_SCREEN = '\u001B[?1049l';
const PASTE_ON = '\u001B[?2004h';
const PASTE_OFF = '\u001B[?2004l';

/** Hides the cursor and disables line wrap (xterm ctlseqs, DECSET). */
const SCREEN_MODES = '\u001B[?25l\u001B[?7l';
/** Resets these modes, and synchronized output and colours, in case a frame was cut off. */
const SHELL_MODES = '\u001B[?2026l\u001B[m\u001B[?7h\u001B[?25h';

/** Ink sets modes in separate writes without text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences begin with ESC
const MODES = /^(?:\u001B\[\?[\d;]+[hl])*$/;

/** The size of a terminal that does not report one. */
const DEFAULT_SIZE = {columns: 80, rows: 24};

export type FrameStreamOptions = {
	/** False: frames are sentences for a screen reader and stay on the screen. */
	readonly isFullScreen: boolean;
	readonly mouseOn: string;
	readonly mouseOff: string;
};

/**
 * The `stdout` for Ink in debug mode, in which each write is either a whole frame or only modes. Writes the changes of the
 * newest frame once per turn of the event loop, and only when the terminal has processed the last frame. Also sets modes
 * that Ink does not set with the alternate screen.
 */
export class FrameStream extends EventEmitter {
	readonly isTTY = true;
	readonly #stdout: NodeJS.WriteStream;
	readonly #options: FrameStreamOptions;
	readonly #flow: FlowControl;
	readonly #painter = new FramePainter();
	readonly #sentences = new SentenceWriter();
	/** Whether ktop has the terminal and may write to it. */
	#isOwned: boolean;
	#isPasteOn = false;
	/** The newest frame, which may not be written yet. */
	#frame: string | undefined;
	#isScheduled = false;
	/** Whether the frame still has the old size: Ink lays it out at once, but React renders it in the next turn. */
	#isResizing = false;
	/** Whether no status request may be written, because another program would read the response. */
	#isSettled = false;
	/** Whether the status request was written before the frame, which does not wait for the response then. */
	#isRequestedBefore = false;

	constructor(stdout: NodeJS.WriteStream, flow: FlowControl, options: FrameStreamOptions) {
		super();
		// Each component that uses the size is a listener.
		this.setMaxListeners(0);
		this.#stdout = stdout;
		this.#flow = flow;
		this.#options = options;
		this.#isOwned = !options.isFullScreen;
		stdout.on('resize', this.#resize);
	}

	get columns(): number {
		return this.#hasSize ? this.#stdout.columns : DEFAULT_SIZE.columns;
	}

	get rows(): number {
		return this.#hasSize ? this.#stdout.rows : DEFAULT_SIZE.rows;
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

	/** `done` is called when all earlier output is written, except a frame that has to wait. */
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

	/** Writes the newest frame after this turn of the event loop, if the terminal is ready. */
	schedule(): void {
		if (!this.#isScheduled) {
			this.#isScheduled = true;
			setImmediate(() => {
				this.#isScheduled = false;
				this.#paint();
			});
		}
	}

	/** For a screen reader: sentences are written while ktop reads keys, and all of them again when it does so again. */
	setOwned(isOwned: boolean): void {
		if (this.#options.isFullScreen) {
			return;
		}

		this.#isOwned = isOwned;
		if (!isOwned) {
			this.#sentences.forget();
		}
	}

	/** Resolves when no status response is pending. No frame is written until the screen is entered again. */
	async settle(): Promise<void> {
		this.#isSettled = this.#options.isFullScreen;
		await this.#flow.settle();
	}

	/** Sets all modes and writes the whole frame, for a terminal whose content is unknown. */
	redraw(): void {
		if (this.#isOwned) {
			this.#painter.forget();
			this.#sentences.forget();
			this.#pass((this.#options.isFullScreen ? this.#enterModes : '') + (this.#isPasteOn ? PASTE_ON : ''));
			this.schedule();
		}
	}

	/** Restores the terminal, if Ink has not. */
	close(): void {
		this.#stdout.off('resize', this.#resize);
		if (this.#isPasteOn) {
			this.write(PASTE_OFF);
		}

		if (this.#options.isFullScreen) {
			this.#leave();
		}

		this.#isOwned = false;
	}

	get #hasSize(): boolean {
		return this.#stdout.columns > 0 && this.#stdout.rows > 0;
	}

	get #enterModes(): string {
		return ENTER_SCREEN + SCREEN_MODES + this.#options.mouseOn;
	}

	#enter(): void {
		this.#isOwned = true;
		this.#painter.forget();
		// After another program had the terminal: input before the response was not meant for this screen.
		const request = this.#isSettled ? this.#flow.request() : '';
		this.#isRequestedBefore = request !== '';
		this.#isSettled = false;
		this.#pass(this.#enterModes + request);
		this.schedule();
	}

	#leave(): void {
		if (this.#isOwned) {
			this.#isOwned = false;
			this.#pass(this.#options.mouseOff + SHELL_MODES + LEAVE_SCREEN);
		}
	}

	#paint(): void {
		const isHeld = this.#isResizing || this.#isSettled || !(this.#flow.isClear || this.#isRequestedBefore);
		if (this.#frame === undefined || !this.#isOwned || isHeld) {
			return;
		}

		if (!this.#options.isFullScreen) {
			this.#pass(this.#sentences.write(this.#frame.split('\n')));
			return;
		}

		this.#isRequestedBefore = false;
		const sequence = this.#painter.paint(fullLines(this.#frame, this.columns, this.rows));
		this.#pass(sequence === '' ? '' : sequence + this.#flow.request());
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

/** Pads a frame to the whole screen: Ink trims blanks at the end of lines, and lines at the end. */
function fullLines(frame: string, columns: number, rows: number): readonly string[] {
	const lines = frame.split('\n');
	return Array.from({length: rows}, (_, row) => {
		const line = lines[row] ?? '';
		return line + ' '.repeat(Math.max(columns - widthOf(line), 0));
	});
}
