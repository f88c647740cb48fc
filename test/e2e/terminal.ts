import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';

export type TerminalOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly environment?: Readonly<Record<string, string | undefined>>;
	readonly workingFolder?: string;
	/** A slow link with room for all that is sent, as SSH has: so much of it gets to the screen in a second. */
	readonly linkBytesPerSecond?: number;
	/** The answer to the question for the background, such as `ffff/ffff/ffff`; none without. */
	readonly background?: string;
};

/** A program in a real pseudo-terminal, its output read back through a terminal emulator. */
export type Terminal = {
	/** The screen's lines, trailing blanks cut. */
	readonly lines: () => readonly string[];
	readonly text: () => string;
	/** Lines that were longer than the screen is wide, and went on in the next. */
	readonly wrappedLines: () => readonly string[];
	readonly isAlternateScreen: () => boolean;
	/** What is not as a shell has it: the alternate screen, a hidden cursor, clicks that are reported, cut lines. */
	readonly leftBehind: () => readonly string[];
	readonly type: (keys: string) => void;
	readonly resize: (columns: number, rows: number) => void;
	/** Waits for the screen to pass; rejects with the last screen when it never does. */
	readonly until: (what: string, isThere: (screen: string) => boolean, timeoutMs?: number) => Promise<void>;
	/**
	 * Types keys that do no harm twice, again and again until the screen passes: a key that a busy ktop reads together
	 * with an Esc before it is another key, and a line that is clicked may just have moved (the keys are then a function,
	 * asked again each time).
	 */
	readonly typeUntil: (
		keys: string | (() => string),
		what: string,
		isThere: (screen: string) => boolean,
	) => Promise<void>;
	readonly signal: (signal: string) => void;
	/** Closes the window: nobody reads, and nothing more comes. */
	readonly hangUp: () => void;
	readonly pid: number;
	readonly exitCode: Promise<number>;
	/** The number of the signal that ended it; undefined where none did. */
	readonly endSignal: Promise<number | undefined>;
	/** Bytes that are on the link and not yet on the screen. */
	readonly onTheLink: () => number;
	/** Everything that was written, escape sequences and all. */
	readonly written: () => string;
	/** The emulator itself, for pictures of it. */
	readonly emulator: xterm.Terminal;
	readonly close: () => void;
};

/** Ends a wait in vain; a busy machine may need much of it. */
const PATIENCE_MS = 30_000;
const TYPE_AGAIN_MS = 500;

/** A program that was stopped or killed in the middle of a frame does not end it. */
const WHOLE_WITHIN_MS = 1000;

export function openTerminal(file: string, args: readonly string[], options: TerminalOptions = {}): Terminal {
	const {columns = 120, rows = 30} = options;
	const screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	// Under CI, Ink (the benchmarks' baseline) would print only its last frame.
	const {CI: _ci, CONTINUOUS_INTEGRATION: _integration, NO_COLOR: _noColor, ...inherited} = process.env;
	const environment = {...inherited, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...options.environment};
	const pty = spawn(file, [...args], {
		cols: columns,
		rows,
		...(options.workingFolder === undefined ? {} : {cwd: options.workingFolder}),
		env: Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined)) as Record<
			string,
			string
		>,
	});
	let written = '';
	const link = openLink(options.linkBytesPerSecond, data => screen.write(data));
	pty.onData(data => {
		written += data;
		link.send(data);
	});
	// What a terminal answers when it is asked.
	screen.onData(answer => pty.write(answer));
	screen.parser.registerOscHandler(11, () => {
		if (options.background !== undefined) {
			pty.write(`\u001B]11;rgb:${options.background}\u001B\\`);
		}

		return true;
	});
	const ending = new Promise<{readonly exitCode: number; readonly signal?: number | undefined}>(resolve => {
		pty.onExit(resolve);
	});
	const lines = (): readonly string[] => {
		const {active} = screen.buffer;
		return Array.from(
			{length: screen.rows},
			(_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
		);
	};
	const text = (): string => lines().join('\n');
	const until = async (
		what: string,
		isThere: (screen: string) => boolean,
		timeoutMs = PATIENCE_MS,
		onTurn: (elapsedMs: number) => void = () => {},
	): Promise<void> => {
		const startMs = performance.now();
		let wholeMs = startMs;
		for (;;) {
			const nowMs = performance.now();
			// What comes in pieces is looked at when it is whole, as terminals show it.
			wholeMs = screen.modes.synchronizedOutputMode ? wholeMs : nowMs;
			if ((wholeMs === nowMs || nowMs - wholeMs > WHOLE_WITHIN_MS) && isThere(text())) {
				return;
			}

			const elapsedMs = nowMs - startMs;
			if (elapsedMs > timeoutMs) {
				throw new Error(`the screen never showed ${what}; it shows:\n${text()}`);
			}

			onTurn(elapsedMs);
			await new Promise(resolve => setTimeout(resolve, 20));
		}
	};

	return {
		lines,
		text,
		wrappedLines() {
			const {active} = screen.buffer;
			return lines().filter((_, row) => active.getLine(active.viewportY + row)?.isWrapped === true);
		},
		isAlternateScreen: () => screen.buffer.active.type === 'alternate',
		leftBehind() {
			const {mouseTrackingMode, wraparoundMode, synchronizedOutputMode} = screen.modes;
			const states: ReadonlyArray<readonly [string, boolean]> = [
				['alternate screen', screen.buffer.active.type === 'alternate'],
				['hidden cursor', written.lastIndexOf('\u001B[?25l') > written.lastIndexOf('\u001B[?25h')],
				['mouse reports', mouseTrackingMode !== 'none'],
				['cut lines', !wraparoundMode],
				['held back output', synchronizedOutputMode],
			];
			return states.flatMap(([name, isThere]) => (isThere ? [name] : []));
		},
		type: keys => pty.write(keys),
		resize(newColumns, newRows) {
			screen.resize(newColumns, newRows);
			pty.resize(newColumns, newRows);
		},
		until: (what, isThere, timeoutMs) => until(what, isThere, timeoutMs),
		async typeUntil(keys, what, isThere) {
			let typed = 0;
			await until(what, isThere, PATIENCE_MS, elapsedMs => {
				if (elapsedMs >= typed * TYPE_AGAIN_MS) {
					typed++;
					pty.write(typeof keys === 'string' ? keys : keys());
				}
			});
		},
		signal: signal => process.kill(pty.pid, signal),
		// Only the real class can close its end; the interface has no word for it.
		hangUp: () => (pty as unknown as {destroy: () => void}).destroy(),
		pid: pty.pid,
		exitCode: ending.then(({exitCode}) => exitCode),
		endSignal: ending.then(({signal}) => signal),
		onTheLink: link.length,
		written: () => written,
		emulator: screen,
		close() {
			try {
				pty.kill('SIGKILL');
			} catch {
				// It has ended by itself.
			}

			link.close();
			screen.dispose();
		},
	};
}

const LINK_STEP_MS = 20;

/** Passes on what is sent: at once, or so many bytes a second. */
function openLink(bytesPerSecond: number | undefined, receive: (data: string) => void) {
	let waiting = '';
	const timer =
		bytesPerSecond === undefined
			? undefined
			: setInterval(() => {
					const bytes = (bytesPerSecond * LINK_STEP_MS) / 1000;
					receive(waiting.slice(0, bytes));
					waiting = waiting.slice(bytes);
				}, LINK_STEP_MS);
	return {
		send(data: string): void {
			if (timer === undefined) {
				receive(data);
			} else {
				waiting += data;
			}
		},
		length: () => waiting.length,
		close: () => clearInterval(timer),
	};
}
