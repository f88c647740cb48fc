import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {BackgroundQuestion, backgroundOf} from '../../../source/ui/terminal/background.ts';

describe('the answer of a terminal', () => {
	test.each([
		['white, as xterm writes it', '\u001B]11;rgb:ffff/ffff/ffff\u001B\\', 'light'],
		['a dark blue', '\u001B]11;rgb:1e1e/1e1e/2e2e\u0007', 'dark'],
		['two digits a channel', '\u001B]11;rgb:fd/f6/e3\u0007', 'light'],
		['capital letters', '\u001B]11;rgb:FDFD/F6F6/E3E3\u0007', 'light'],
		['an alpha channel', '\u001B]11;rgba:0000/0000/0000/ffff\u0007', 'dark'],
		['a green that is brighter than its numbers', '\u001B]11;rgb:1111/eeee/1111\u0007', 'light'],
		['a blue that is darker than its numbers', '\u001B]11;rgb:1111/1111/eeee\u0007', 'dark'],
		['the foreground', '\u001B]10;rgb:ffff/ffff/ffff\u0007', undefined],
		['no colour', '\u001B]11;?\u0007', undefined],
		['a status response', '\u001B[0n', undefined],
	])('%s', (_what, report, background) => {
		expect(backgroundOf(report)).toBe(background);
	});

	test('is the same with any number of digits', () => {
		fc.assert(
			fc.property(fc.integer({min: 0, max: 15}), fc.integer({min: 1, max: 4}), (level, digits) => {
				const channel = level.toString(16).repeat(digits);
				expect(backgroundOf(`\u001B]11;rgb:${channel}/${channel}/${channel}\u0007`)).toBe(
					level > 7 ? 'light' : 'dark',
				);
			}),
		);
	});
});

describe('the question', () => {
	const WHITE = '\u001B]11;rgb:ffff/ffff/ffff\u001B\\';

	function question() {
		const answers: string[] = [];
		const written: string[] = [];
		const asked = new BackgroundQuestion(background => answers.push(background));
		return {asked, answers, written, ask: () => asked.ask(request => written.push(request))};
	}

	test('waits for the answer', async () => {
		const {asked, answers, written, ask} = question();
		const waiting = ask();
		asked.take('\u001B[0n');
		asked.take(WHITE);
		await waiting;
		expect({answers, written}).toEqual({answers: ['light'], written: ['\u001B]11;?\u001B\\']});
	});

	test('waits for a short time only, and takes an answer after it', async () => {
		const {asked, answers, ask} = question();
		await ask();
		expect(answers).toEqual([]);
		asked.take(WHITE);
		expect(answers).toEqual(['light']);
	});

	test('is answered once', async () => {
		const {asked, answers, ask} = question();
		const waiting = ask();
		asked.take(WHITE);
		asked.take('\u001B]11;rgb:0/0/0\u0007');
		await waiting;
		expect(answers).toEqual(['light']);
	});

	test('has no answer before it is asked', () => {
		const {asked, answers} = question();
		asked.take(WHITE);
		expect(answers).toEqual([]);
	});
});
