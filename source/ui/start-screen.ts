import type {Feed, ScreenOptions} from './feed.ts';
import {Screen} from './screen.ts';
import {FlowControl} from './terminal/flow-control.ts';
import {FramePainter} from './terminal/frame-painter.ts';
import {SentenceWriter} from './terminal/sentence-writer.ts';
import {stopProcess} from './terminal/stop-process.ts';
import {Terminal} from './terminal/terminal.ts';

/**
 * Takes over the terminal until the user quits or a signal ends it; resolves with that signal when the terminal was given
 * back as it was, rejects with a defect.
 */
export async function startScreen(feed: Feed, options: ScreenOptions): Promise<NodeJS.Signals | undefined> {
	const {stdin, stdout, ...rest} = options;
	const {isSpoken, hasMouse} = options;
	let end: (by?: NodeJS.Signals) => void = () => {};
	let hasEnded = false;
	let defect: {readonly error: unknown} | undefined;
	const ended = new Promise<NodeJS.Signals | undefined>(resolve => {
		end = by => {
			hasEnded = true;
			resolve(by);
		};
	});
	const quit = (): void => end();
	const flow = new FlowControl(() => screen.goOn());
	const painter = new FramePainter();
	const sentences = new SentenceWriter();
	const stop = async (): Promise<void> => {
		// With a listener the signal would stop nothing.
		process.removeListener('SIGTSTP', suspend);
		await stopProcess();
		if (!hasEnded) {
			process.on('SIGTSTP', suspend);
		}
	};
	const redraw = (): void => {
		painter.forget();
		sentences.forget();
		terminal.renew();
		screen.draw();
	};
	const terminal = new Terminal(
		{stdin, stdout},
		{isFullScreen: !isSpoken, hasMouse: hasMouse && !isSpoken},
		{
			onKey: key => screen.press(key),
			onMouse: event => screen.point(event),
			onReport: report => flow.take(report),
			onResize() {
				painter.forget();
				screen.draw();
			},
			onHangUp: () => end('SIGHUP'),
		},
	);
	const screen = new Screen(feed, rest, {
		size: () => terminal.size,
		isClear: () => flow.isClear,
		show(lines) {
			if (!terminal.isTaken) {
				return;
			}

			const sequence = isSpoken ? sentences.write(lines) : painter.paint(lines);
			terminal.write(isSpoken || sequence === '' ? sequence : sequence + flow.question());
		},
		write: sequence => terminal.write(sequence),
		async lend(use) {
			await flow.settle();
			if (hasEnded) {
				return;
			}

			terminal.giveBack();
			try {
				await use();
			} finally {
				if (!hasEnded) {
					painter.forget();
					sentences.forget();
					terminal.take();
				}
			}
		},
		redraw,
		stopProcess: stop,
		quit,
	});
	/** Ctrl-Z is a key here; who stops ktop from outside gets the terminal as it was too. */
	const suspend = (): void => {
		if (terminal.isTaken) {
			screen.suspend();
		} else {
			void stop();
		}
	};
	const interrupt = (): void => {
		// Ctrl-C is a key here: SIGINT comes from elsewhere, or is for kubectl while that has the terminal.
		if (terminal.isTaken) {
			end('SIGINT');
		}
	};
	const signals: ReadonlyArray<readonly [NodeJS.Signals, () => void]> = [
		['SIGTERM', () => end('SIGTERM')],
		['SIGHUP', () => end('SIGHUP')],
		['SIGQUIT', () => end('SIGQUIT')],
		['SIGINT', interrupt],
		['SIGTSTP', suspend],
		// While ktop was stopped, somebody else had the terminal.
		['SIGCONT', redraw],
	];
	// What is told of a defect must be read on the screen that stays, and not on the one that is left.
	const crash = (error: unknown): void => {
		defect ??= {error};
		end();
	};
	for (const [signal, handle] of signals) {
		process.on(signal, handle);
	}

	process.on('uncaughtException', crash);
	let by: NodeJS.Signals | undefined;
	try {
		terminal.take();
		screen.start();
		by = await ended;
	} finally {
		screen.stop();
		await flow.settle();
		terminal.giveBack();
		process.removeListener('uncaughtException', crash);
		for (const [signal, handle] of signals) {
			process.removeListener(signal, handle);
		}
	}

	if (defect !== undefined) {
		throw defect.error;
	}

	return by;
}
