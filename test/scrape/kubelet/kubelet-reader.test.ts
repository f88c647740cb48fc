import {expect, test} from 'vitest';
import type {Answer} from '../../../source/http/endpoint.ts';
import {type KubeletReader, kubeletReader} from '../../../source/scrape/kubelet/kubelet-reader.ts';
import {takeReadings} from '../../../source/scrape/take-readings.ts';
import {context} from '../scrape-context.ts';
import {recorded} from './recorded-kubelet.ts';

function readerOf(answers: Answer[]): KubeletReader {
	return kubeletReader({
		address: 'https://10.0.0.7:10250',
		via: 'direct',
		now: () => 42,
		async get(path) {
			const name = path.includes('only_cpu') ? 'summary-cpumem-1.json' : 'summary-1.json';
			const answer = {status: 200, headers: {}, body: Buffer.from(recorded(name)), latencyMs: 1};
			answers.push(answer);
			return answer;
		},
		failureOf: () => {
			throw new Error('no answer fails');
		},
	});
}

test.each([
	['in full', undefined],
	['for CPU and memory', 120_000],
])(
	'a body read %s and its reading are not held by what requests resolved with',
	async (_name, restHoldsMs) => {
		const answers: Answer[] = [];
		const scrape = await readerOf(answers).read(context({restHoldsMs}));
		expect(takeReadings(scrape)).toMatchObject([{nodeName: 'node-a'}]);
		expect(answers.map(({body}) => body.length)).toEqual([0]);
		expect(scrape.readings).toEqual([]);
	},
);
