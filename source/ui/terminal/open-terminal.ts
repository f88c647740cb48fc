import {type Background, BackgroundQuestion} from './background.ts';
import {FlowControl} from './flow-control.ts';
import {FrameStream} from './frame-stream.ts';
import {functionKeyOf} from './function-keys.ts';
import {KeyStream} from './key-stream.ts';
import {MOUSE_OFF, MOUSE_ON, type MouseEvent, mouseEventOf} from './mouse.ts';
import {TypedAhead} from './typed-ahead.ts';

type Streams = {readonly stdin: NodeJS.ReadStream; readonly stdout: NodeJS.WriteStream};

export type TerminalOptions = {
	/** True: uses the alternate screen. False: writes sentences, which stay on the screen. */
	readonly isFullScreen: boolean;
	readonly hasMouse: boolean;
};

export type TerminalListeners = {
	/** The connection broke, or the window was closed. */
	readonly onHangUp: () => void;
	/** The terminal has processed the last frame, so that the next one can be written. */
	readonly onClear: () => void;
	/** The answer to `askBackground`, which may arrive after its wait. */
	readonly onBackground: (background: Background) => void;
};

/** The terminal, with the streams that Ink uses. */
export type OpenTerminal = {
	/** The streams for Ink in debug mode. */
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	/** Whether a frame would be written now; else the newest one is when the terminal has processed the last. */
	readonly isClear: boolean;
	/**
	 * Asks whether the background is light or dark, before Ink has the terminal. Resolves with the answer, or when none is
	 * expected, but after 50 ms at the latest. Keys that are typed meanwhile reach Ink.
	 */
	readonly askBackground: () => Promise<void>;
	/** Writes a sequence that shows nothing and causes no response, such as one for the clipboard. */
	readonly write: (sequence: string) => void;
	/** To be awaited before another program gets the terminal: no response arrives later, and no frame is written. */
	readonly settle: () => Promise<void>;
	/** To be called when another program has ended: drops keys that are typed before the screen is visible. */
	readonly dropTypedAhead: () => void;
	/** Sets raw mode and all other modes and writes the whole frame, as after SIGCONT. Does nothing while it is lent. */
	readonly redraw: () => void;
	/** Restores what Ink has not, and waits for a pending response. */
	readonly close: () => Promise<void>;
	/** Returns a function that removes the listener. */
	readonly onMouse: (listener: (event: MouseEvent) => void) => () => void;
	/** Keys that Ink does not name: `f1` to `f12`, `insert`. Returns a function that removes the listener. */
	readonly onFunctionKey: (listener: (name: string) => void) => () => void;
};

/** Opens the terminal. It is restored whenever the process exits, except by SIGKILL. */
export function openTerminal(
	{stdin, stdout}: Streams,
	{isFullScreen, hasMouse}: TerminalOptions,
	{onHangUp, onClear, onBackground}: TerminalListeners,
): OpenTerminal {
	const mouse = new Set<(event: MouseEvent) => void>();
	const functionKeys = new Set<(name: string) => void>();
	const typedAhead = new TypedAhead(isDropped => keys.setDropped(isDropped));
	const question = new BackgroundQuestion(onBackground);
	const flow = new FlowControl(() => {
		typedAhead.end();
		frames.schedule();
		onClear();
	});
	const frames = new FrameStream(stdout, flow, {
		isFullScreen,
		mouseOn: hasMouse ? MOUSE_ON : '',
		mouseOff: hasMouse ? MOUSE_OFF : '',
	});
	const keys = new KeyStream(stdin, {
		onReport(report) {
			const event = mouseEventOf(report);
			const key = functionKeyOf(report);
			if (event === undefined && key === undefined) {
				question.take(report);
				if (flow.take(report)) {
					question.endWait();
				}
			} else if (typedAhead.isDropped) {
				return;
			} else if (event !== undefined) {
				notify(mouse, event);
			} else if (key !== undefined) {
				notify(functionKeys, key);
			}
		},
		onRawMode(isRaw) {
			frames.setOwned(isRaw);
			if (isRaw) {
				updateSize();
			}
		},
		onHangUp,
	});
	const restore = (): void => {
		frames.close();
		keys.setRawMode(false);
	};
	process.once('exit', restore);
	return {
		// They implement what Ink uses of these streams.
		stdin: keys as unknown as NodeJS.ReadStream,
		stdout: frames as unknown as NodeJS.WriteStream,
		get isClear() {
			return flow.isClear;
		},
		askBackground() {
			keys.setRawMode(true);
			// Terminals respond in order, so the status response ends the wait for one that does not know the question.
			return question.ask(request => void stdout.write(request + flow.request()));
		},
		write: sequence => void stdout.write(sequence),
		settle: () => frames.settle(),
		dropTypedAhead: () => typedAhead.drop(() => flow.isClear),
		redraw() {
			keys.renewRawMode();
			updateSize();
			frames.redraw();
		},
		async close() {
			frames.close();
			typedAhead.end();
			if (flow.isPending) {
				// In raw mode the response is neither echoed nor read by a shell.
				keys.setRawMode(true);
				await frames.settle();
			}

			keys.setRawMode(false);
			process.removeListener('exit', restore);
		},
		onMouse: listener => listen(mouse, listener),
		onFunctionKey: listener => listen(functionKeys, listener),
	};
}

/** Makes Node read the size again: the kernel signals a resize only to the foreground process. */
function updateSize(): void {
	process.emit('SIGWINCH', 'SIGWINCH');
}

function listen<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
	listeners.add(listener);
	return () => {
		listeners.delete(listener);
	};
}

function notify<T>(listeners: ReadonlySet<(value: T) => void>, value: T): void {
	for (const listener of listeners) {
		listener(value);
	}
}
