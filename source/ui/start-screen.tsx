import {render} from 'ink';
import {App} from './app.tsx';
import type {Feed, ScreenOptions} from './feed.ts';
import {MOUSE_OFF, MOUSE_ON, type MouseEvent, MouseFilter} from './mouse.ts';

/** Faster than the eye reads figures, slow enough that a key held down over a slow link never queues frames. */
const MAX_FPS = 15;

/** Takes over the terminal until the user quits; resolves when it was given back as it was. */
export async function startScreen(feed: Feed, options: ScreenOptions): Promise<void> {
	const {stdin, stdout, ...rest} = options;
	const write = (sequence: string): void => {
		stdout.write(sequence);
	};
	// Whatever ends the process, nobody is left with a shell that types at every click.
	const leaveMouse = (): void => write(MOUSE_OFF);
	if (options.hasMouse) {
		write(MOUSE_ON);
		process.once('exit', leaveMouse);
	}

	const listeners = new Set<(event: MouseEvent) => void>();
	const unfilter = filterMouse(stdin, event => {
		for (const listener of listeners) {
			listener(event);
		}
	});
	const listenToMouse = (listener: (event: MouseEvent) => void): (() => void) => {
		listeners.add(listener);
		return () => listeners.delete(listener);
	};
	const terminal = {stopProcess, write, listenToMouse};
	const instance = render(<App feed={feed} options={rest} terminal={terminal} />, {
		stdin,
		stdout,
		alternateScreen: !options.isSpoken,
		isScreenReaderEnabled: options.isSpoken,
		incrementalRendering: true,
		interactive: true,
		exitOnCtrlC: false,
		maxFps: MAX_FPS,
	});
	// Ink gives the terminal back when the process exits, however it comes to that.
	const end = (): void => instance.unmount();
	for (const signal of ENDING_SIGNALS) {
		process.once(signal, end);
	}

	// What is told of a defect must be read on the screen that stays, and not on the one that is left.
	const crash = (error: unknown): void =>
		instance.unmount(error instanceof Error ? error : new Error(String(error)));
	process.once('uncaughtException', crash);

	try {
		await instance.waitUntilExit();
	} finally {
		unfilter();
		process.removeListener('uncaughtException', crash);
		for (const signal of ENDING_SIGNALS) {
			process.removeListener(signal, end);
		}

		if (options.hasMouse) {
			process.removeListener('exit', leaveMouse);
			leaveMouse();
		}
	}
}

/** Reads the mouse off what Ink reads from the terminal; the result ends that. */
function filterMouse(stdin: NodeJS.ReadStream, onEvent: (event: MouseEvent) => void): () => void {
	const filter = new MouseFilter(onEvent);
	const read = stdin.read.bind(stdin);
	stdin.read = (size?: number) => {
		const chunk: unknown = read(size);
		return typeof chunk === 'string' ? filter.filter(chunk) : chunk;
	};
	return () => {
		stdin.read = read;
	};
}

/** Not SIGINT: Ctrl-C is a key here, and while kubectl has the terminal it is for kubectl alone. */
const ENDING_SIGNALS = ['SIGTERM', 'SIGHUP'] as const;

/** Stops this process as Ctrl-Z does in a shell; resolves when `fg` lets it go on. */
function stopProcess(): Promise<void> {
	return new Promise(resolve => {
		process.once('SIGCONT', resolve);
		process.kill(process.pid, 'SIGTSTP');
	});
}
