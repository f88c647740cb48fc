import {afterEach, describe, expect, test} from 'vitest';
import {openKtop} from './ktop.ts';
import type {Terminal} from './terminal.ts';

const QUESTION = '\u001B]11;?\u001B\\';
/** The headings of the themes with 256 colours. */
const HEADING = {light: '\u001B[1;38;5;24m', dark: '\u001B[1;38;5;116m', terminal: '\u001B[1;36m'};

const cleanUps: Array<() => unknown> = [];

afterEach(() => {
	for (const cleanUp of cleanUps.splice(0)) {
		cleanUp();
	}
});

type Setting = {
	readonly args?: readonly string[];
	readonly environment?: Readonly<Record<string, string>>;
	readonly background?: string;
	readonly size?: readonly [columns: number, rows: number];
};

/** The demo cluster, once its headings are on the screen. */
async function open({
	args = [],
	environment,
	background,
	size: [columns, rows] = [80, 24],
}: Setting): Promise<Terminal> {
	const terminal = openKtop(['--source', 'demo:nodes=2,pods=6', ...args], {
		columns,
		rows,
		environment: {COLORFGBG: '', COLORTERM: '', ...environment},
		...(background === undefined ? {} : {background}),
	});
	cleanUps.push(terminal.close);
	await terminal.until('nodes', screen => screen.includes('nodes'));
	return terminal;
}

describe('the theme', () => {
	test.each([
		['light on a white background', 'light', {background: 'ffff/ffff/ffff'}],
		['dark on a black one', 'dark', {background: '0000/0000/0000'}],
		['dark on a large one', 'dark', {background: '0000/0000/0000', size: [200, 60]}],
		['the terminal’s own colours if it does not answer', 'terminal', {}],
	] as const)('is %s', async (_what, theme, setting) => {
		const terminal = await open(setting);
		await expect.poll(terminal.written).toContain(HEADING[theme]);
		expect(terminal.written().split(QUESTION)).toHaveLength(2);
		expect(terminal.text()).not.toContain('rgb:');
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
		expect(terminal.text()).not.toContain('rgb:');
	});

	test.each([
		['a chosen theme', {args: ['--theme', 'light']}],
		['COLORFGBG', {environment: {COLORFGBG: '0;15'}}],
		['NO_COLOR', {environment: {NO_COLOR: '1'}}],
		['--no-color', {args: ['--no-color']}],
		['the Linux console', {environment: {TERM: 'linux'}}],
		['a screen reader', {args: ['--screen-reader']}],
	] as const)('is not asked with %s', async (_what, setting) => {
		const terminal = await open({background: '0000/0000/0000', ...setting});
		expect(terminal.written()).not.toContain(QUESTION);
		expect(terminal.written()).not.toContain(HEADING.dark);
	});
});
