import {expect, test} from 'vitest';
import {parseDemoOptions} from '../../source/demo/demo-options.ts';
import {KtopError} from '../../source/metrics/model/failure.ts';

test.each([
	['', {nodes: 12, pods: 240, seed: 1}],
	['demo', {nodes: 12, pods: 240, seed: 1}],
	['demo:nodes=3', {nodes: 3, pods: 240, seed: 1}],
	['pods=0, seed=7', {nodes: 12, pods: 0, seed: 7}],
	['nodes=5000,pods=150000,seed=4294967295', {nodes: 5000, pods: 150_000, seed: 4_294_967_295}],
])('%j is read with defaults for what is left out', (text, expected) => {
	expect(parseDemoOptions(text)).toEqual(expected);
});

test.each([
	['nodes=0', 'nodes=0', '1 to 5000'],
	['nodes=5001', '5001', '1 to 5000'],
	['pods=150001', '150001', '0 to 150000'],
	['pods=-1', '-1', '0 to 150000'],
	['pods=1.5', '1.5', 'whole number'],
	['pods=1e3', '1e3', 'whole number'],
	['seed=', 'seed=', 'whole number'],
	['seed', 'seed=', 'whole number'],
	['node=3', '"node"', 'nodes=12'],
	['nodes=3,,pods=1', '""', 'nodes=12'],
	['toString=3', '"toString"', 'nodes=12'],
	['nodes=3,nodes=4', 'nodes twice', 'nodes='],
])('%j is refused with the bad part and the fix in one line each', (text, part, fix) => {
	let error: unknown;
	try {
		parseDemoOptions(text);
	} catch (thrown) {
		error = thrown;
	}

	expect(error).toBeInstanceOf(KtopError);
	expect(error).toMatchObject({
		code: 'usage',
		message: expect.stringContaining(part),
		hint: expect.stringContaining(fix),
	});
	expect(String(error)).not.toContain('\n');
});
