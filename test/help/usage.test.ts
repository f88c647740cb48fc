import {expect, test} from 'vitest';
import {manPage} from '../../source/help/man-page.ts';
import {usageText} from '../../source/help/usage.ts';
import {PRINTED_LEVELS} from '../../source/metrics/model/levels.ts';
import {SHELLS} from '../../source/options/command-words.ts';
import {FLAGS} from '../../source/options/option-table.ts';

test('the help names every flag', () => {
	const text = usageText();
	expect(FLAGS.filter(({name}) => !text.includes(`--${name}`))).toEqual([]);
});

test('no line of the help is wider than 80 columns', () => {
	expect(
		usageText()
			.split('\n')
			.filter(line => [...line].length > 80),
	).toEqual([]);
});

test.each([
	['help', usageText()],
	['man page', manPage('1')],
])('the synopsis of the %s has every table and every shell', (_name, text) => {
	expect(text).toContain(`[${PRINTED_LEVELS.join('|')}] [flags]`);
	expect(text).toContain(`completion ${SHELLS.join('|')}`);
});
