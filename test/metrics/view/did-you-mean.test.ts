import {expect, test} from 'vitest';
import {nearest} from '../../../source/metrics/view/did-you-mean.ts';

test.each([
	['podz', ['nodes', 'pods'], 'pods'],
	['Pods', ['pods'], 'pods'],
	['kube-sytem', ['default', 'kube-system'], 'kube-system'],
	['mem', ['oom', 'memory-p95', 'memory'], 'memory'],
	['pay', ['payments'], 'payments'],
	['prod', ['payments', 'shop'], undefined],
	['x', ['a', 'as'], undefined],
	['ab', ['cd'], undefined],
	['', ['a'], undefined],
	['a', [], undefined],
])('“%s” among %j means %s', (word, candidates, meant) => {
	expect(nearest(word, candidates)).toBe(meant);
});
