import {PassThrough} from 'node:stream';
import {setImmediate as turn} from 'node:timers/promises';
import xterm from '@xterm/headless';
import {Box, render, Text, useApp, useInput, usePaste, useWindowSize} from 'ink';
import {useEffect, useState} from 'react';
import {afterEach, describe, expect, test} from 'vitest';
import {type OpenTerminal, openTerminal} from '../../../source/ui/terminal/open-terminal.ts';

const QUESTION = '\u001B[5n';
const ANSWER = '\u001B[0n';
const ENTER = '\u001B[?1049h\u001B[?25l\u001B[?7l\u001B[?1000h\u001B[?1006h';
const LEAVE = '\u001B[?1006l\u001B[?1000l\u001B[?2026l\u001B[m\u001B[?7h\u001B[?25h\u001B[?1049l';

/** A terminal that shows its output, and responds when `answer` is called. */
class FakeTerminal {
	readonly stdin = Object.assign(new PassThrough(), {
		isTTY: true,
		modes: [] as boolean[],
		setRawMode(isRaw: boolean) {
			this.modes.push(isRaw);
		},
	});
	readonly stdout = Object.assign(new PassThrough(), {columns: 40, rows: 6, isTTY: true});
	readonly emulator = new xterm.Terminal({cols: 40, rows: 6, allowProposedApi: true});
	/** The output since this was emptied. */
	written = '';

	constructor() {
		this.stdout.on('data', (data: Buffer) => {
			this.written += data.toString();
			this.emulator.write(data);
		});
	}

	resize(columns: number, rows: number): void {
		Object.assign(this.stdout, {columns, rows});
		this.emulator.resize(columns, rows);
		this.stdout.emit('resize');
	}

	async screen(): Promise<ReadonlyArray<string | undefined>> {
		await new Promise<void>(resolve => this.emulator.write('', resolve));
		const buffer = this.emulator.buffer.active;
		return Array.from({length: this.emulator.rows}, (_, row) =>
			buffer.getLine(row)?.translateToString().trimEnd(),
		);
	}
}

/** Controls of the component. */
type Handle = {
	show: (lines: readonly string[]) => void;
	suspend: (use: () => Promise<void>) => Promise<unknown>;
};
type Heard = {
	keys: string[];
	pastes: string[];
	clicks: unknown[];
	functionKeys: string[];
	backgrounds: string[];
	hangUps: number;
	clears: number;
};

function App({handle, heard}: {readonly handle: Handle; readonly heard: Heard}) {
	const [lines, setLines] = useState<readonly string[]>(['one', 'two']);
	const {columns, rows} = useWindowSize();
	const {suspendTerminal} = useApp();
	useEffect(() => {
		Object.assign(handle, {show: setLines, suspend: suspendTerminal});
	});
	useInput((input, key) => {
		heard.keys.push(key.escape ? '<esc>' : key.upArrow ? '<up>' : input);
	});
	usePaste(text => {
		heard.pastes.push(text);
	});
	return (
		<Box flexDirection="column">
			{lines.map((line, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
				<Text key={index} wrap="truncate">
					{line}
				</Text>
			))}
			<Text>{`${columns}x${rows}`}</Text>
		</Box>
	);
}

const ends: Array<() => unknown> = [];
afterEach(async () => {
	for (const end of ends.splice(0)) {
		await end();
	}
});

/** Ink in a terminal with a component that shows lines and collects keys. */
async function start({
	isFullScreen = true,
	before = async () => {},
}: {
	readonly isFullScreen?: boolean;
	/** Runs before Ink has the terminal. */
	readonly before?: (fake: FakeTerminal, terminal: OpenTerminal) => Promise<void>;
} = {}) {
	const fake = new FakeTerminal();
	const heard: Heard = {
		keys: [],
		pastes: [],
		clicks: [],
		functionKeys: [],
		backgrounds: [],
		hangUps: 0,
		clears: 0,
	};
	const terminal = openTerminal(
		{stdin: fake.stdin as unknown as NodeJS.ReadStream, stdout: fake.stdout as unknown as NodeJS.WriteStream},
		{isFullScreen, hasMouse: isFullScreen},
		{
			onHangUp: () => heard.hangUps++,
			onClear: () => heard.clears++,
			onBackground: background => heard.backgrounds.push(background),
		},
	);
	terminal.onMouse(event => heard.clicks.push(event));
	terminal.onFunctionKey(name => {
		heard.functionKeys.push(name);
		heard.keys.push(`<${name}>`);
	});
	await before(fake, terminal);
	const handle: Handle = {show: () => {}, suspend: async () => {}};
	const app = render(<App handle={handle} heard={heard} />, {
		stdin: terminal.stdin,
		stdout: terminal.stdout,
		debug: true,
		alternateScreen: isFullScreen,
		isScreenReaderEnabled: !isFullScreen,
		interactive: true,
		patchConsole: false,
		exitOnCtrlC: false,
	});
	ends.push(() => {
		app.unmount();
		fake.stdin.write(ANSWER);
		return terminal.close();
	});
	await settled();
	return {
		fake,
		terminal,
		heard,
		app,
		show: (...lines: readonly string[]) => handle.show(lines),
		suspend: (use: () => Promise<void>) => handle.suspend(use),
	};
}

/** Waits until this turn of the event loop and the next are over. */
async function settled(): Promise<void> {
	for (let turns = 0; turns < 8; turns++) {
		await turn();
	}
}

function withoutModes(written: string): string {
	return written.replaceAll(/.\[\?\d+[hl]/g, '');
}

async function answer(fake: FakeTerminal): Promise<void> {
	fake.stdin.write(ANSWER);
	await settled();
}

describe('a full screen', () => {
	test('is entered with all modes, and its first frame is synchronized and followed by a status request', async () => {
		const {fake} = await start();
		expect(fake.written.startsWith(ENTER)).toBe(true);
		const [, frame = ''] = fake.written.split('\u001B[?2026h');
		expect(frame).toContain('one');
		expect(frame.slice(frame.indexOf('\u001B[?2026l'))).toBe(`\u001B[?2026l${QUESTION}`);
		expect(await fake.screen()).toEqual(['one', 'two', '40x6', '', '', '']);
		expect(fake.emulator.buffer.active.type).toBe('alternate');
		expect(fake.stdin.modes).toEqual([true]);
	});

	test('writes only the changes of the next frame', async () => {
		const {fake, show} = await start();
		await answer(fake);
		fake.written = '';
		show('one', 'twa');
		await settled();
		expect(fake.written).toBe(`\u001B[?2026h\u001B[2;3Ha\u001B[?2026l${QUESTION}`);
	});

	test('erases lines that the next frame does not have', async () => {
		const {fake, show} = await start();
		await answer(fake);
		show('one');
		await settled();
		expect(await fake.screen()).toEqual(['one', '40x6', '', '', '', '']);
	});

	test('is left with all modes off', async () => {
		const {fake, app, terminal} = await start();
		await answer(fake);
		fake.written = '';
		app.unmount();
		await terminal.close();
		expect(fake.written.replaceAll('\u001B[?25h', '')).toBe(
			`\u001B[?2004l${LEAVE}`.replaceAll('\u001B[?25h', ''),
		);
		expect(fake.stdin.modes.at(-1)).toBe(false);
		await fake.screen();
		expect(fake.emulator.buffer.active.type).toBe('normal');
	});

	test('is left whenever the process exits', async () => {
		const before = process.listeners('exit');
		const {fake} = await start();
		fake.written = '';
		for (const listener of process.listeners('exit').filter(each => !before.includes(each))) {
			(listener as () => void)();
		}

		expect(fake.written).toContain(LEAVE);
		expect(fake.written).toContain('\u001B[?2004l');
		expect(fake.stdin.modes.at(-1)).toBe(false);
	});

	test('leaves no listeners on the process', async () => {
		const before = process.listenerCount('exit');
		const {terminal, app} = await start();
		app.unmount();
		await terminal.close();
		expect(process.listenerCount('exit')).toBe(before);
	});
});

describe('flow control', () => {
	test('holds frames until the terminal has processed the last one, and then writes only the newest', async () => {
		const {fake, show, terminal, heard} = await start();
		await answer(fake);
		show('first');
		await settled();
		fake.written = '';
		show('second');
		await settled();
		show('third');
		await settled();
		expect(terminal.isClear).toBe(false);
		expect(fake.written).toBe('');
		await answer(fake);
		expect(heard.clears).toBe(1);
		expect(fake.written).not.toContain('second');
		expect(await fake.screen()).toEqual(['third', '40x6', '', '', '', '']);
	});

	test('writes only one frame per turn', async () => {
		const {fake, show} = await start();
		await answer(fake);
		fake.written = '';
		show('first');
		show('second');
		await settled();
		expect(fake.written).not.toContain('first');
		expect(fake.written.split(QUESTION)).toHaveLength(2);
	});

	test('sends no status request after the frame that Ink writes at its end', async () => {
		const {fake, show, terminal, app} = await start();
		await answer(fake);
		show('other');
		await settled();
		const settling = terminal.settle();
		await answer(fake);
		await settling;
		fake.written = '';
		show('last');
		app.unmount();
		await terminal.close();
		expect(fake.written).not.toContain(QUESTION);
		expect(fake.written).not.toContain('last');
	});

	test('waits in raw mode for a pending response at its end', async () => {
		const {fake, show, terminal, app} = await start();
		await answer(fake);
		show('other');
		await settled();
		app.unmount();
		let isClosed = false;
		const closing = terminal.close().then(() => {
			isClosed = true;
		});
		await settled();
		expect([isClosed, fake.stdin.modes.at(-1)]).toEqual([false, true]);
		await answer(fake);
		await closing;
		expect(fake.stdin.modes.at(-1)).toBe(false);
	});
});

describe('while the terminal is lent', () => {
	test('its modes are restored, nothing is written, and then the whole frame', async () => {
		const {fake, show, terminal, suspend} = await start();
		await answer(fake);
		await terminal.settle();
		fake.written = '';
		let during = '';
		await suspend(async () => {
			during = fake.written;
			expect(fake.stdin.modes.at(-1)).toBe(false);
			fake.written = '';
			show('while away');
			await settled();
			terminal.redraw();
			await settled();
			expect(fake.written).toBe('');
			fake.stdout.write('kubectl was here');
		});
		await settled();
		expect(during).toContain(LEAVE);
		expect(during.endsWith('\u001B[?2004l')).toBe(true);
		expect(fake.stdin.modes.at(-1)).toBe(true);
		expect(fake.written).toContain(ENTER);
		expect(fake.written).toContain('\u001B[?2004h');
		expect(await fake.screen()).toEqual(['while away', '40x6', '', '', '', '']);
	});
});

describe('input while the terminal is lent', () => {
	const lend = async ({suspend, terminal}: Awaited<ReturnType<typeof start>>): Promise<void> => {
		await terminal.settle();
		await suspend(async () => terminal.dropTypedAhead());
	};

	test('is dropped until the terminal responds, and keys after that work', async () => {
		const screen = await start();
		await answer(screen.fake);
		await lend(screen);
		screen.fake.stdin.write('ab\u001B[A');
		await settled();
		screen.fake.stdin.write(`c\u001BOP\u001B[<0;5;3M${ANSWER}d\u001B[A\u001BOP`);
		await settled();
		expect(screen.heard).toMatchObject({keys: ['d', '<up>', '<f1>'], clicks: []});
	});

	test.each([
		['a terminal that answers nothing', true],
		['sentences, behind which nothing is asked', false],
	])('is dropped for a short time with %s', async (_what, isFullScreen) => {
		const screen = await start({isFullScreen});
		await lend(screen);
		screen.fake.stdin.write('a');
		await settled();
		expect(screen.heard.keys).toEqual([]);
		const typed = (): string | undefined => {
			screen.fake.stdin.write('b');
			return screen.heard.keys[0];
		};
		await expect.poll(typed).toMatch(/^b+$/);
	});

	test('is dropped also if the process was too busy to read it', async () => {
		const screen = await start({isFullScreen: false});
		await lend(screen);
		await settled();
		const untilMs = performance.now() + 150;
		while (performance.now() < untilMs) {
			// Longer than keys are dropped.
		}

		screen.fake.stdin.write('a');
		await settled();
		expect(screen.heard.keys).toEqual([]);
	});
});

describe('the question for the background', () => {
	const BACKGROUND_QUESTION = '\u001B]11;?\u001B\\';
	const WHITE = '\u001B]11;rgb:ffff/ffff/ffff\u001B\\';

	test('is asked in raw mode before the screen is entered, and its answer is no key', async () => {
		const {fake, heard} = await start({
			async before(fake, terminal) {
				const asking = terminal.askBackground();
				expect([fake.written, fake.stdin.modes]).toEqual([BACKGROUND_QUESTION + QUESTION, [true]]);
				fake.stdin.write(WHITE + ANSWER);
				await asking;
			},
		});
		expect(heard).toMatchObject({backgrounds: ['light'], keys: []});
		expect(fake.written.split(BACKGROUND_QUESTION)).toHaveLength(2);
		expect(fake.stdin.modes).toEqual([true]);
	});

	test('ends with the status response of a terminal that does not know it', async () => {
		const {heard} = await start({
			async before(fake, terminal) {
				const asking = terminal.askBackground();
				fake.stdin.write(ANSWER);
				await asking;
			},
		});
		expect(heard).toMatchObject({backgrounds: [], keys: []});
	});

	test('may be answered late, also behind the first frame and in pieces', async () => {
		const {fake, heard} = await start({before: (_fake, terminal) => terminal.askBackground()});
		fake.stdin.write(WHITE.slice(0, 9));
		await settled();
		fake.stdin.write(`${WHITE.slice(9)}${ANSWER}j`);
		await settled();
		expect(heard).toMatchObject({backgrounds: ['light'], keys: ['j']});
	});

	test('loses no key that is typed meanwhile', async () => {
		const {heard} = await start({
			async before(fake, terminal) {
				const asking = terminal.askBackground();
				fake.stdin.write(`ab${WHITE}c${ANSWER}`);
				await asking;
			},
		});
		expect(heard.keys.join('')).toBe('abc');
	});
});

describe('a redraw', () => {
	test('sets all modes including raw mode, and writes the whole frame', async () => {
		const {fake, terminal} = await start();
		await answer(fake);
		fake.written = '';
		terminal.redraw();
		await settled();
		expect(fake.stdin.modes.slice(-2)).toEqual([false, true]);
		expect(fake.written.startsWith(`${ENTER}\u001B[?2004h`)).toBe(true);
		expect(await fake.screen()).toEqual(['one', 'two', '40x6', '', '', '']);
	});

	test('writes one frame after a resize', async () => {
		const {fake} = await start();
		await answer(fake);
		fake.written = '';
		fake.resize(30, 4);
		await settled();
		expect(fake.written.split(QUESTION)).toHaveLength(2);
		expect(await fake.screen()).toEqual(['one', 'two', '30x4', '']);
	});

	test('writes only the rows of the terminal', async () => {
		const {fake, show} = await start();
		await answer(fake);
		show('1', '2', '3', '4', '5', '6', '7', '8');
		await settled();
		expect(await fake.screen()).toEqual(['1', '2', '3', '4', '5', '6']);
	});

	test('assumes 80x24 for a terminal without a size', async () => {
		const {fake, terminal} = await start();
		Object.assign(fake.stdout, {columns: 0, rows: 0});
		expect([terminal.stdout.columns, terminal.stdout.rows]).toEqual([80, 24]);
	});
});

describe('keys', () => {
	test('reach Ink in order and without reports', async () => {
		const {fake, heard} = await start();
		fake.stdin.write('a\u001B[<0;5;3M\u001B[A\u001BOPb\u001B[0n\u001B[200~x\ny\u001B[201~\u001B[2~c');
		await settled();
		expect(heard.keys).toEqual(['a', '<up>', '<f1>', 'b', '<insert>', 'c']);
		expect(heard.pastes).toEqual(['x\ny']);
		expect(heard.clicks).toEqual([{kind: 'press', column: 4, line: 2}]);
	});

	test('of one chunk reach Ink in one call', async () => {
		const {fake, heard} = await start();
		fake.stdin.write('jjj');
		await settled();
		expect(heard.keys).toEqual(['jjj']);
	});

	test('include Esc with a response right after it', async () => {
		const {fake, heard} = await start();
		fake.stdin.write('\u001B');
		await settled();
		fake.stdin.write('\u001B[0n');
		await expect.poll(() => heard.keys).toEqual(['<esc>']);
	});

	test('end with the terminal', async () => {
		const {fake, heard} = await start();
		fake.stdin.end();
		await settled();
		expect(heard.hangUps).toBe(1);
		fake.stdin.emit('error', new Error('EIO'));
		expect(heard.hangUps).toBe(2);
	});
});

describe('sentences for a screen reader', () => {
	test('are written if they are new, without a status request', async () => {
		const {fake, show} = await start({isFullScreen: false});
		expect(withoutModes(fake.written)).toBe('one\ntwo\n40x6\n');
		fake.written = '';
		show('one', 'three');
		await settled();
		expect(fake.written).toBe('three\n');
	});

	test('are all written again after the terminal was lent, and none while it is', async () => {
		const {fake, terminal, suspend, show} = await start({isFullScreen: false});
		await terminal.settle();
		await suspend(async () => {
			fake.written = '';
			show('one', 'three');
			await settled();
			expect(fake.written).toBe('');
		});
		await settled();
		expect(withoutModes(fake.written)).toBe('one\nthree\n40x6\n');
	});
});
