import {describe, expect, test} from 'vitest';
import {checkLabels, parseMatchers} from '../../../source/history/prometheus/label-names.ts';

describe('matchers', () => {
	test.each([
		[undefined, []],
		['  ', []],
		['{}', []],
		['cluster="prod"', ['cluster="prod"']],
		['{cluster="prod",}', ['cluster="prod"']],
		['cluster="prod", job=~"kubelet|cadvisor"', ['cluster="prod", job=~"kubelet|cadvisor"']],
		[String.raw`a="x\"}",b!='y',c!~"z"`, [String.raw`a="x\"}",b!='y',c!~"z"`]],
	])('%j are read', (text, matchers) => {
		expect(parseMatchers(text)).toEqual(matchers);
	});

	test.each(['prod', 'cluster=prod', 'cluster="prod"} or vector(1) or x{a="b"', 'a="b" c="d"', 'a="b'])(
		'%j are turned down',
		text => {
			expect(() => parseMatchers(text)).toThrow(
				expect.objectContaining({code: 'usage', brief: 'bad matchers'}),
			);
		},
	);
});

test('a label that is none is turned down', () => {
	checkLabels({node: 'kubernetes_io_hostname', pod: '_p0'});
	expect(() => checkLabels({node: 'a-b'})).toThrow(
		expect.objectContaining({code: 'usage', message: '--history cannot take "a-b" as the label of a node'}),
	);
});
