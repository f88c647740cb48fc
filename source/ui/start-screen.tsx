import {render} from 'ink';
import {App} from './app.tsx';
import type {Feed, ScreenOptions} from './feed.ts';
import {MOUSE_OFF, MOUSE_ON} from './mouse.ts';

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

	const instance = render(<App feed={feed} options={rest} terminal={{stopProcess, write}} />, {
		stdin,
		stdout,
		alternateScreen: true,
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

	try {
		await instance.waitUntilExit();
	} finally {
		for (const signal of ENDING_SIGNALS) {
			process.removeListener(signal, end);
		}

		if (options.hasMouse) {
			process.removeListener('exit', leaveMouse);
			leaveMouse();
		}
	}
}

const ENDING_SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

/** Stops this process as Ctrl-Z does in a shell; resolves when `fg` lets it go on. */
function stopProcess(): Promise<void> {
	return new Promise(resolve => {
		process.once('SIGCONT', resolve);
		process.kill(process.pid, 'SIGTSTP');
	});
}
