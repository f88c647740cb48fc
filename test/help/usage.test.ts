import {expect, test} from 'vitest';
import {helpText} from '../../source/help/usage.ts';
import {FLAGS} from '../../source/options/option-table.ts';

test('the help names every flag', () => {
	const text = helpText();
	expect(FLAGS.filter(({name}) => !text.includes(`--${name}`))).toEqual([]);
});

test('no line of the help is wider than 80 columns', () => {
	expect(
		helpText()
			.split('\n')
			.filter(line => [...line].length > 80),
	).toEqual([]);
});
