import {expect, test} from 'vitest';
import {kubeletTarget} from '../../source/scrape/kubelet/target.ts';
import {visit} from '../../source/scrape/visit.ts';
import {fakeTarget} from './fake-target.ts';
import {startRecordedKubelet} from './kubelet/recorded-kubelet.ts';

const signal = new AbortController().signal;
const failureOf = (visiting: Promise<unknown>) =>
	visiting.then(
		() => 'it worked',
		error => error,
	);

test('a target that is late says itself what it waited for', async () => {
	const kubelet = await startRecordedKubelet({answers: {'/stats/summary': 'hang'}});
	const target = kubeletTarget({url: kubelet.origin});
	expect(await failureOf(visit(target, {timeoutMs: 2000, signal}))).toMatchObject({
		code: 'timeout',
		brief: 'timeout 2s',
		message: `kubelet ${kubelet.origin} did not answer within 2s`,
	});
	await target.close();
	await kubelet.close();
});

test('a target that does not even notice is given up with the same code', async () => {
	const target = fakeTarget('deaf', ['hang'], []);
	expect(await failureOf(visit(target, {timeoutMs: 50, signal}))).toMatchObject({
		code: 'timeout',
		message: 'deaf did not answer within 0.1 s',
	});
});
