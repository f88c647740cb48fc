import {FlowControl} from './flow-control.ts';
import {FrameStream} from './frame-stream.ts';
import {functionKeyOf} from './function-keys.ts';
import {KeyStream} from './key-stream.ts';
import {MOUSE_OFF, MOUSE_ON, type MouseEvent, mouseEventOf} from './mouse.ts';
import {TypedAhead} from './typed-ahead.ts';

type Streams = {readonly stdin: NodeJS.ReadStream; readonly stdout: NodeJS.WriteStream};

export type TerminalOptions = {
	/** Takes the whole screen and leaves no trace of it; without, frames are sentences, one a line, that stay. */
	readonly isFullScreen: boolean;
	readonly hasMouse: boolean;
};

export type TerminalListeners = {
	/** The user is gone: the connection broke, or the window was closed. */
	readonly onHangUp: () => void;
	/** The terminal has shown the last frame: a next one that waited would be painted now. */
	readonly onClear: () => void;
};

/** The terminal that ktop runs in, behind Ink. */
export type OpenTerminal = {
	/** What Ink reads keys from, and writes frames to in debug mode. */
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	/** Whether a frame would be painted now; otherwise the newest is once the terminal has shown the last. */
	readonly isClear: boolean;
	/** Writes a sequence that shows nothing and answers nothing, such as one for the clipboard. */
	readonly write: (sequence: string) => void;
	/** To be awaited before the terminal is lent or left: no answer arrives later, and no frame is painted meanwhile. */
	readonly settle: () => Promise<void>;
	/** To be called before a terminal that was lent is taken again: keys typed until its screen is seen press nothing. */
	readonly dropTypedAhead: () => void;
	/** Sets raw mode and all other modes again and paints the frame whole, as after SIGCONT. Nothing while it is lent. */
	readonly redraw: () => void;
	/** Gives back what Ink has not, and waits for an answer on its way. */
	readonly close: () => Promise<void>;
	/** These return what ends them. */
	readonly onMouse: (listener: (event: MouseEvent) => void) => () => void;
	/** Keys that Ink gives no name to: `f1` to `f12`, `insert`. */
	readonly onFunctionKey: (listener: (name: string) => void) => () => void;
};

/** However the process ends, the terminal is given back as it was; only SIGKILL leaves no time for that. */
export function openTerminal(
	{stdin, stdout}: Streams,
	{isFullScreen, hasMouse}: TerminalOptions,
	{onHangUp, onClear}: TerminalListeners,
): OpenTerminal {
	const mouse = new Set<(event: MouseEvent) => void>();
	const functionKeys = new Set<(name: string) => void>();
	const typedAhead = new TypedAhead(isDropped => keys.setDeaf(isDropped));
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
				flow.take(report);
			} else if (typedAhead.isDropped) {
				return;
			} else if (event !== undefined) {
				callAll(mouse, event);
			} else if (key !== undefined) {
				callAll(functionKeys, key);
			}
		},
		onRawMode(isRaw) {
			frames.setTaken(isRaw);
			if (isRaw) {
				lookAtSize();
			}
		},
		onHangUp,
	});
	const giveBack = (): void => {
		frames.close();
		keys.setRawMode(false);
	};
	process.once('exit', giveBack);
	return {
		// They are what Ink uses of such streams, which are too much to be written out.
		stdin: keys as unknown as NodeJS.ReadStream,
		stdout: frames as unknown as NodeJS.WriteStream,
		get isClear() {
			return flow.isClear;
		},
		write: sequence => void stdout.write(sequence),
		settle: () => frames.settle(),
		dropTypedAhead: () => typedAhead.drop(() => flow.isClear),
		redraw() {
			keys.renewRawMode();
			lookAtSize();
			frames.redraw();
		},
		async close() {
			frames.close();
			typedAhead.end();
			if (flow.isAsked) {
				// The answer is not to be echoed, nor to reach a shell.
				keys.setRawMode(true);
				await frames.settle();
			}

			keys.setRawMode(false);
			process.removeListener('exit', giveBack);
		},
		onMouse: listener => listen(mouse, listener),
		onFunctionKey: listener => listen(functionKeys, listener),
	};
}

/** A window tells its new size to the foreground process alone: Node is to look whether it has another by now. */
function lookAtSize(): void {
	process.emit('SIGWINCH', 'SIGWINCH');
}

function listen<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
	listeners.add(listener);
	return () => {
		listeners.delete(listener);
	};
}

function callAll<T>(listeners: ReadonlySet<(value: T) => void>, value: T): void {
	for (const listener of listeners) {
		listener(value);
	}
}
