import {render} from 'ink';
import {App} from './app.tsx';
import type {Feed, ScreenOptions} from './feed.ts';

/** Faster than the eye reads figures, slow enough that a key held down over a slow link never queues frames. */
const MAX_FPS = 15;

/** Takes over the terminal until the user quits; resolves when it was given back as it was. */
export async function startScreen(feed: Feed, options: ScreenOptions): Promise<void> {
	const {stdin, stdout, ...rest} = options;
	const instance = render(<App feed={feed} options={rest} stopProcess={stopProcess} />, {
		stdin,
		stdout,
		alternateScreen: true,
		incrementalRendering: true,
		interactive: true,
		exitOnCtrlC: false,
		maxFps: MAX_FPS,
	});
	await instance.waitUntilExit();
}

/** Stops this process as Ctrl-Z does in a shell; resolves when `fg` lets it go on. */
function stopProcess(): Promise<void> {
	return new Promise(resolve => {
		process.once('SIGCONT', resolve);
		process.kill(process.pid, 'SIGTSTP');
	});
}
